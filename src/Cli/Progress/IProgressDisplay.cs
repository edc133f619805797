using Decant.Engine;

namespace Decant.Cli.Progress;

/// <summary>Shows on stderr how far runs are: a bar on a terminal, lines elsewhere, JSON where that was asked for.</summary>
internal interface IProgressDisplay
{
    /// <summary>Shows one run.</summary>
    Task<T> ShowAsync<T>(Func<IProgress<EngineProgress>, Task<T>> run);

    /// <summary>Shows several runs at once.</summary>
    /// <param name="run">Work, given what begins to show another run, under its name.</param>
    Task<T> ShowSeveralAsync<T>(Func<Func<string, IProgress<EngineProgress>>, Task<T>> run);
}
