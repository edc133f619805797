using System.CommandLine;
using System.Data.Common;
using Decant.Server.Data;
using Microsoft.Extensions.Configuration;

namespace Decant.Cli;

/// <summary><c>decant backup</c> and <c>decant restore</c>: all that a server on SQLite knows, in one file.</summary>
internal static class BackupCommand
{
    public static Command CreateBackup() =>
        Create(
            "backup",
            "Copy a server's database into one file, while the server runs.",
            """
            Examples:
              decant backup --data /var/lib/decant /backup/decant.db

            The file has accounts, money, jobs and keys, so it is for its owner's eyes alone. Finished files are not in it:
            copy the storage besides, if they are to outlive the machine.

            With PostgreSQL (ConnectionStrings__Decant) it says what to run.

            Exit codes:
              0    the file is there, whole
              1    it could not be made; nothing is left of it
              2    the server is on PostgreSQL, whose own tools do this
            """,
            (data, file, token) => DatabaseBackup.MakeAsync(data, file, token),
            connection =>
                $"the server is on PostgreSQL, which makes its own backups: pg_dump --format=custom --file=decant.dump {connection}"
        );

    public static Command CreateRestore() =>
        Create(
            "restore",
            "Put a backup in the place of a stopped server's database.",
            """
            Examples:
              decant restore --data /var/lib/decant /backup/decant.db

            Jobs that were under way when the backup was made run again at the next start. Links to files that are not in the
            storage any more answer 404.

            Exit codes:
              0    the database is the backup's
              1    a server runs there, or the file is no backup; nothing was changed
              2    the server is on PostgreSQL, whose own tools do this
            """,
            (data, file, token) => DatabaseBackup.RestoreAsync(file, data, token),
            connection =>
                $"the server is on PostgreSQL, which restores its own backups, with all nodes stopped: pg_restore --clean --if-exists {connection} decant.dump"
        );

    private static Command Create(
        string name,
        string description,
        string help,
        Func<string, string, CancellationToken, Task> work,
        Func<string, string> onPostgres
    )
    {
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var data = new Option<string>("--data")
        {
            Description = "The server's directory.",
            HelpName = "./data",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("data") ?? "data",
        };
        var command = new Command(name, description) { file, data };
        ExampleHelp.AddTo(command, help);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (EngineRun.Configuration().GetConnectionString("Decant") is { Length: > 0 } connection)
                {
                    return Say(onPostgres(Options(connection)), ExitCode.BadRequest);
                }

                try
                {
                    await work(parsed.GetRequiredValue(data), parsed.GetRequiredValue(file), cancellationToken);
                    return ExitCode.Done;
                }
                catch (Exception failure)
                    when (failure is IOException or UnauthorizedAccessException or NewerDatabaseException or DbException
                    )
                {
                    return Say(failure.Message, ExitCode.Failed);
                }
            }
        );
        return command;
    }

    /// <summary>The options of PostgreSQL's tools for a connection; its password is theirs to ask for.</summary>
    private static string Options(string connection)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        string?[] options =
        [
            Option("host", "Host"),
            Option("port", "Port"),
            Option("username", "Username"),
            Option("dbname", "Database"),
        ];
        return string.Join(' ', options.OfType<string>());

        string? Option(string option, string part) =>
            parts.TryGetValue(part, out var value) ? $"--{option}={value}" : null;
    }

    private static int Say(string message, int code)
    {
        Console.Error.WriteLine($"decant: {message}");
        return code;
    }
}
