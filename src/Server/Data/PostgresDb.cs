using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Decant.Server.Data;

/// <summary>The model on PostgreSQL, which several nodes may share.</summary>
internal sealed class PostgresDb(DbContextOptions<PostgresDb> options) : DecantDb(options)
{
    // Made only where it is missing: to replace a trigger locks the table, and another node may be writing.
    protected override string AppendOnlyAuditEntries =>
        """
            DO $$
            BEGIN
                IF NOT EXISTS (
                    SELECT FROM pg_trigger
                    WHERE tgname = 'AuditEntries_AppendOnly' AND tgrelid = '"AuditEntries"'::regclass
                ) THEN
                    CREATE OR REPLACE FUNCTION decant_append_only() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME; END';
                    CREATE TRIGGER "AuditEntries_AppendOnly" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEntries"
                    FOR EACH STATEMENT EXECUTE FUNCTION decant_append_only();
                END IF;
            END
            $$;
            """;

    protected override Task ApplyMigrationsAsync(CancellationToken cancellationToken) =>
        Database.MigrateAsync(cancellationToken);

    public override Task TryWriteAsync(CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(2);
        return WriteAsItIsAsync(cancellationToken);
    }

    public override bool IsDuplicate(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override Task PassAloneAsync(string name, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);

    public override Task PassAloneBrieflyAsync(string name, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0)), set_config('synchronous_commit', 'off', true)",
            cancellationToken
        );

    /// <summary>Locks rows in the order of their numbers: two that lock some of the same rows wait for each other in one order.</summary>
    public override Task LockAsync<T>(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        // The table's name is the model's own; a parameter cannot stand for it.
        var table = Model.FindEntityType(typeof(T))!.GetTableName();
        var locking = $$"""SELECT 1 FROM "{{table}}" WHERE "Id" = ANY ({0}) ORDER BY "Id" FOR UPDATE""";
        return Database.ExecuteSqlRawAsync(locking, [ids.ToArray()], cancellationToken);
    }

    /// <summary>PostgreSQL keeps it until the commit and forgets it with a rollback: neither comes without the other.</summary>
    public override Task TellNodesAsync(string place, string message, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_notify({place}, {message})", cancellationToken);

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
        modelBuilder.ApplyConfigurationsFromAssembly(
            typeof(PostgresDb).Assembly,
            type => type.IsDefined(typeof(PostgresOnlyAttribute), inherit: false)
        );
    }
}
