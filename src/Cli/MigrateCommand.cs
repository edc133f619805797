using System.CommandLine;
using System.Data.Common;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Decant.Cli;

/// <summary><c>decant migrate</c>: brings the database to this version's schema, or shows what that would do.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Directory that keeps everything.",
            HelpName = "./data",
            DefaultValueFactory = _ => "data",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Change nothing; print the migrations and their SQL.",
        };
        var command = new Command("migrate", "Upgrade the database of a server that is stopped.") { data, dryRun };
        ExampleHelp.AddTo(
            command,
            """
            Examples:
              decant migrate --data /var/lib/decant --dry-run
              ConnectionStrings__Decant='Host=db;Database=decant' decant migrate

            `serve` does the same at its start. Make a backup first: there is no way back but that.

            Exit codes:
              0    the database has this version's schema; with --dry-run, what is to be done was printed
              1    the database cannot be used, a server has it, or it is newer than this program
            """
        );
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(dryRun), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(string data, bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            var connection = EngineRun.Configuration().GetConnectionString("Decant");
            await (
                dryRun
                    ? ShowAsync(data, connection, cancellationToken)
                    : MigrateAsync(data, connection, cancellationToken)
            );
            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is NewerDatabaseException or IOException)
        {
            await Console.Error.WriteLineAsync($"decant: {failure.Message}");
            return ExitCode.Failed;
        }
        catch (Exception failure) when (failure is DbException || DatabaseTrouble.IsCauseOf(failure))
        {
            var why = failure.GetBaseException().Message;
            await Console.Error.WriteLineAsync($"decant: the database cannot be used: {why}");
            return ExitCode.Failed;
        }
    }

    private static async Task ShowAsync(string data, string? connection, CancellationToken cancellationToken)
    {
        await using var db = StoredDb.Open(data, connection);
        if (db is null)
        {
            await Console.Out.WriteLineAsync("-- there is no database yet; it is made in whole");
            return;
        }

        var schema = await db.ReadSchemaAsync(cancellationToken);
        schema.RefuseNewer();
        if (schema.Pending.Count == 0)
        {
            await Console.Out.WriteLineAsync("-- nothing to do");
            return;
        }

        foreach (var migration in schema.Pending)
        {
            await Console.Out.WriteLineAsync($"-- {migration}");
        }

        var script = db.GetService<IMigrator>().GenerateScript(schema.Applied is [.., var last] ? last : null);
        await Console.Out.WriteLineAsync(script);
    }

    private static async Task MigrateAsync(string data, string? connection, CancellationToken cancellationToken)
    {
        // The server's own parts, with no server started: the directory's lock, the same order of steps.
        await using var server = Server.Program.Build([$"--data={data}", $"--ConnectionStrings:Decant={connection}"]);
        _ = server.Services.GetRequiredService<DataDirectory>();
        await using var db = await server
            .Services.GetRequiredService<IDbContextFactory<DecantDb>>()
            .CreateDbContextAsync(cancellationToken);
        var schema = await db.ReadSchemaAsync(cancellationToken);
        await db.MigrateAsync(cancellationToken);
        await db.ProtectHistoryAsync(cancellationToken);
        foreach (var migration in schema.Pending)
        {
            await Console.Out.WriteLineAsync(migration);
        }
    }
}
