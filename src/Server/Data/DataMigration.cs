using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>Brings the schema up to date before anything else starts.</summary>
internal sealed class DataMigration(IDbContextFactory<DecantDb> databases, DataDirectory directory)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // Also on PostgreSQL: asking for the directory takes its lock.
        _ = directory.Root;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.MigrateAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
