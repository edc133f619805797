using Decant.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>Brings the schema up to date.</summary>
internal sealed class DataMigration(IDbContextFactory<DecantDb> databases, DataDirectory directory) : StartStep
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        // Also on PostgreSQL: asking for the directory takes its lock.
        _ = directory.Root;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.MigrateAsync(cancellationToken);
        await db.ProtectHistoryAsync(cancellationToken);
    }
}
