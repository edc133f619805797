using System.CommandLine;
using System.Data.Common;
using Decant.Server.Accounts.Browser;
using Decant.Server.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Decant.Cli;

/// <summary><c>decant link</c>: a one-time link that signs the administrator in on the server's page.</summary>
internal static class LinkCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "The server's directory.",
            HelpName = "./data",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("data") ?? "data",
        };
        var url = new Option<string>("--url")
        {
            Description = "Address under which a browser reaches the server.",
            HelpName = "http://127.0.0.1:8080",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PublicBaseUrl") ?? "http://127.0.0.1:8080",
        };
        var command = new Command("link", "Print a link that signs the administrator in, once and within 15 minutes.")
        {
            data,
            url,
        };
        ExampleHelp.AddTo(
            command,
            """
            Examples:
              decant link
              decant link --data /var/lib/decant --url https://media.example.org

            Whoever may read the server's database may print one; the server may run meanwhile.
            """
        );
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(url), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(string data, string url, CancellationToken cancellationToken)
    {
        try
        {
            var connection = EngineRun.Configuration().GetConnectionString("Decant");
            await using var db = StoredDb.Open(data, connection, SqliteOpenMode.ReadWrite);
            var secret = db is null
                ? null
                : await SignInLinks.CreateForAdministratorAsync(db, TimeProvider.System, cancellationToken);
            if (secret is null)
            {
                await Console.Error.WriteLineAsync(
                    $"decant: no server has run in {Path.GetFullPath(data)}; start one there, or name its directory with --data"
                );
                return ExitCode.Failed;
            }

            await Console.Out.WriteLineAsync($"{url.TrimEnd('/')}/sign-in#link={secret}");
            return ExitCode.Done;
        }
        catch (Exception failure)
            when (failure is DbException || DatabaseTrouble.IsCauseOf(failure) || BadSetting.IsCauseOf(failure))
        {
            await Console.Error.WriteLineAsync(
                $"decant: the server's database cannot be used: {failure.GetBaseException().Message}"
            );
            return ExitCode.Failed;
        }
    }
}
