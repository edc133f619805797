using System.CommandLine;
using System.CommandLine.Invocation;

namespace Decant.Cli;

/// <summary>Runs the command that was typed, and says in one line what is wrong with it.</summary>
internal static class CommandLine
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IEnumerable<Command> commands, string[] args)
    {
        var root = new RootCommand("Media extraction: URL in, media file out.");
        foreach (var command in commands)
        {
            root.Add(command);
        }

        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"decant: {error.Message}");
            }

            await Console.Error.WriteLineAsync(
                "decant: `decant --help` and `decant COMMAND --help` say what can be asked for"
            );
            return ExitCode.BadRequest;
        }

        // Each command stops in its own way: the server drains, a fetch clears up after itself.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
