using Decant.Engine;

namespace Decant.Cli.Progress;

/// <summary>Shows on stderr how far a run is: a bar on a terminal, lines elsewhere.</summary>
internal interface IProgressDisplay
{
    Task<T> ShowAsync<T>(Func<IProgress<EngineProgress>, Task<T>> run);
}
