using Spectre.Console;

namespace Decant.Cli.Progress;

internal static class ProgressDisplays
{
    /// <param name="json">A program reads it.</param>
    public static IProgressDisplay Choose(bool json) =>
        json ? new ProgressJson(Console.Error, TimeProvider.System)
        : Console.IsErrorRedirected ? new ProgressLines(Console.Error, TimeProvider.System)
        : new ProgressBar(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));
}
