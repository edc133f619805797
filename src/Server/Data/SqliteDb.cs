using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Decant.Server.Data;

/// <summary>The model on SQLite: one file under the data directory.</summary>
internal sealed class SqliteDb(DbContextOptions<SqliteDb> options) : DecantDb(options)
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Constraint = 19;

    private readonly List<(string Place, string Message)> _told = [];

    protected override string AppendOnlyAuditEntries =>
        """
            CREATE TRIGGER IF NOT EXISTS "AuditEntries_Unchanged" BEFORE UPDATE ON "AuditEntries"
            BEGIN SELECT RAISE(ABORT, 'AuditEntries is append-only'); END;
            CREATE TRIGGER IF NOT EXISTS "AuditEntries_Kept" BEFORE DELETE ON "AuditEntries"
            BEGIN SELECT RAISE(ABORT, 'AuditEntries is append-only'); END;
            """;

    protected override async Task ApplyMigrationsAsync(CancellationToken cancellationToken)
    {
        // Readers then never wait for the writer. The file remembers it.
        await Database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellationToken);

        // EF marks a running migration with a row, and a process killed in the middle leaves it: every later start would
        // wait for it for ever. The data directory is ours alone (DataDirectory locks it), so a row found here is a dead one's.
        if (await HasMigrationLockAsync(cancellationToken))
        {
            await Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsLock" """, cancellationToken);
        }

        await Database.MigrateAsync(cancellationToken);
    }

    public override async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        // The next opening sets it back.
        await Database.ExecuteSqlAsync($"PRAGMA busy_timeout = 1000", cancellationToken);
        Database.SetCommandTimeout(1);
        await WriteAsItIsAsync(cancellationToken);
    }

    public override bool IsDuplicate(DbUpdateException exception) =>
        exception.InnerException
            is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: 1555 or 2067 };

    /// <summary>A write transaction is alone already.</summary>
    public override Task PassAloneAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="PassAloneAsync"/>
    public override Task LockAsync<T>(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>The only node is told by word of mouth.</summary>
    public override Task TellNodesAsync(string place, string message, CancellationToken cancellationToken)
    {
        _told.Add((place, message));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Waits for SQLite's one writer, then asks for every commit of the turn to reach the disk: what was answered with
    /// 200 survives a power cut, and a job's number is never given out twice. The next opening sets it back.
    /// </summary>
    protected override async ValueTask<IAsyncDisposable?> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var turn = await this.GetService<SqliteWriters>().TakeTurnAsync(cancellationToken);
        try
        {
            await Database.OpenConnectionAsync(cancellationToken);
            await Database.ExecuteSqlAsync($"PRAGMA synchronous = FULL", cancellationToken);
            return new Turn(this, turn);
        }
        catch
        {
            // Whatever it was: a turn that nobody was given would keep every other writer waiting for ever.
            turn.Dispose();
            throw;
        }
    }

    protected override void Begin() => _told.Clear();

    protected override void Committed()
    {
        foreach (var (place, message) in _told)
        {
            this.GetService<NodeListeners>().Hear(place, message);
        }

        _told.Clear();
    }

    protected override bool GaveWay(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException as SqliteException)?.SqliteErrorCode
            is Busy
                or Locked;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();
    }

    private async Task<bool> HasMigrationLockAsync(CancellationToken cancellationToken) =>
        await Database
            .SqlQuery<long>($"""SELECT COUNT(*) AS "Value" FROM sqlite_master WHERE name = '__EFMigrationsLock'""")
            .SingleAsync(cancellationToken) > 0;

    private sealed class Turn(SqliteDb db, IDisposable turn) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            using (turn)
            {
                await db.Database.CloseConnectionAsync();
            }
        }
    }

    /// <summary>SQLite has no type for time. A number sorts and compares, and microseconds are what PostgreSQL keeps.</summary>
    private sealed class UnixMicroseconds()
        : ValueConverter<DateTimeOffset, long>(
            time => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
            stored => DateTimeOffset.UnixEpoch.AddTicks(stored * TimeSpan.TicksPerMicrosecond)
        );
}
