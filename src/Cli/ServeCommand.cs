using System.CommandLine;

namespace Decant.Cli;

/// <summary><c>decant serve</c>: the server, in the foreground.</summary>
internal static class ServeCommand
{
    /// <param name="args">The whole command line: what follows <c>serve</c> is the server's to read, settings included.</param>
    public static Command Create(string[] args)
    {
        var command = new Command("serve", "Start the server.")
        {
            new Option<string>("--urls") { Description = "Where to listen.", HelpName = "http://127.0.0.1:8080" },
            new Option<string>("--data") { Description = "Directory that keeps everything.", HelpName = "./data" },
        };
        // The server's settings are ASP.NET configuration: any `--Section:Name value` is one of them.
        command.TreatUnmatchedTokensAsErrors = false;
        ExampleHelp.AddTo(
            command,
            """
            Examples:
              decant serve
              decant serve --urls http://0.0.0.0:8080 --data /var/lib/decant --Jobs:Workers 4
              Egress__AllowedNetworks__0=192.168.1.0/24 decant serve

            Every setting may come from the command line (--Jobs:Workers 4) or the environment (Jobs__Workers=4);
            the README lists them.
            """
        );
        command.SetAction((_, _) => RunAsync(args[1..]));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings)
    {
        try
        {
            await using var server = Server.Program.Build(settings);
            await server.RunAsync();
            return ExitCode.Done;
        }
        catch (Exception failure) when (BadSetting.IsCauseOf(failure))
        {
            return Say(failure, ExitCode.BadRequest);
        }
        catch (IOException failure)
        {
            // An address or a data directory that another process has.
            return Say(failure, ExitCode.Failed);
        }
    }

    private static int Say(Exception failure, int code)
    {
        Console.Error.WriteLine($"decant: {failure.Message}");
        return code;
    }
}
