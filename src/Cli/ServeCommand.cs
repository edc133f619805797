using System.CommandLine;
using System.Data.Common;
using Decant.Server.Data;
using Decant.Server.Hosting;

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
            new Option<string>("--role")
            {
                Description = "Share of the work where several nodes use one PostgreSQL: all, api or worker.",
                HelpName = "all",
            },
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
            docs/settings.md lists them.

            A database that is out of reach is waited for (Database:Patience, 30 s). Exit codes: 0 stopped by a signal,
            1 it could not start or stopped by itself, 2 a wrong setting.
            """
        );
        command.SetAction((parsed, _) => RunAsync(args[1..], parsed.UnmatchedTokens));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, IReadOnlyList<string> unmatched)
    {
        if (ServerSettings.FindStray(unmatched) is { } stray)
        {
            await Console.Error.WriteLineAsync(
                $"decant: '{stray}' is no option of serve and no setting; settings look like --Jobs:Workers 4"
            );
            return ExitCode.BadRequest;
        }

        OwnFiles.Close();
        using var order = new StopOrder();
        try
        {
            await using var server = Server.Program.Build([.. OwnDefaults(), .. settings]);
            await server.RunAsync();
            return order.IsGiven
                ? ExitCode.Done
                : Say("the server stopped by itself; its log says why", ExitCode.Failed);
        }
        catch (Exception failure) when (BadSetting.IsCauseOf(failure))
        {
            return Say(failure.Message, ExitCode.BadRequest);
        }
        catch (OperationCanceledException) when (order.IsGiven)
        {
            // Told to stop while it was still starting, and it did.
            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is IOException or NewerDatabaseException or StartRefusedException)
        {
            // An address or a data directory that another process has, a database of a newer version, nodes that do not fit.
            return Say(failure.Message, ExitCode.Failed);
        }
        catch (Exception failure) when (DatabaseTrouble.IsCauseOf(failure) || failure is DbException)
        {
            var why = failure.GetBaseException().Message;
            return Say($"the server did not start, because its database cannot be used: {why}", ExitCode.Failed);
        }
    }

    /// <summary>Settings of a server that somebody started as a program, where the environment does not say otherwise.</summary>
    private static IEnumerable<string> OwnDefaults()
    {
        const string Name = $"Extractor:{nameof(ExtractorSettings.LookUpSocket)}";
        var environment = EngineRun.Configuration();
        return environment[Name] is null && UserDirectories.LookUpSocket(environment, new()) is { } socket
            ? [$"--{Name}", socket]
            : [];
    }

    private static int Say(string message, int code)
    {
        Console.Error.WriteLine($"decant: {message}");
        return code;
    }
}
