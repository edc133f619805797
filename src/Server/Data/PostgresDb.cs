using Decant.Server.Jobs;
using Decant.Server.RateLimits;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Decant.Server.Data;

/// <summary>The model on PostgreSQL, which several nodes may share.</summary>
internal sealed class PostgresDb(DbContextOptions<PostgresDb> options) : DecantDb(options)
{
    public override Task MigrateAsync(CancellationToken cancellationToken) => Database.MigrateAsync(cancellationToken);

    public override bool IsDuplicate(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override Task PassAloneAsync(string name, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);

    /// <summary>Rows are locked one by one; nobody has to wait for a turn.</summary>
    protected override ValueTask<IAsyncDisposable?> TakeTurnAsync(CancellationToken cancellationToken) =>
        new((IAsyncDisposable?)null);

    protected override bool GaveWay(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState
            is PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Job>().Property(job => job.Request).HasColumnType("jsonb");
        // Counted in memory on SQLite, where there is one node.
        modelBuilder.Entity<CallCount>(calls =>
        {
            calls.ToTable("CallCounts");
            calls.IsUnlogged();
            calls.HasKey(count => new { count.Client, count.Limit });
        });
    }
}
