using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Data;

/// <summary>Brings the schema up to date, once the database can be reached.</summary>
internal sealed partial class DataMigration(
    IDbContextFactory<DecantDb> databases,
    DataDirectory directory,
    IOptions<DatabaseOptions> options,
    TimeProvider time,
    ILogger<DataMigration> logger
) : StartStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        // Also on PostgreSQL: asking for the directory takes its lock.
        _ = directory.Root;
        var began = time.GetTimestamp();
        for (var isFirst = true; !await TryMigrateAsync(began, isFirst, cancellationToken); isFirst = false)
        {
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<bool> TryMigrateAsync(long began, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.MigrateAsync(cancellationToken);
            await db.ProtectHistoryAsync(cancellationToken);
            return true;
        }
        catch (Exception exception)
            when (DatabaseTrouble.IsCauseOf(exception) && time.GetElapsedTime(began) < options.Value.Patience)
        {
            if (isFirst)
            {
                LogAway(options.Value.Patience, exception.GetBaseException().Message);
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database cannot be used yet and is waited for, for {Patience}: {Detail}")]
    private partial void LogAway(TimeSpan patience, string detail);
}
