using System.Data;
using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Storage.S3;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Decant.Server.Storage;

/// <summary>A node's hold on the storage of its database, kept while it runs: shared where all nodes reach the storage, else for it alone. Of an SQLite database there is one node.</summary>
internal sealed partial class StorageClaim(
    IConfiguration configuration,
    IOptions<StorageOptions> storage,
    IOptions<S3Options> s3,
    IHostApplicationLifetime lifetime,
    LoopServices services,
    ILogger<StorageClaim> logger
) : BackgroundLoop(services), IAsyncDisposable
{
    /// <summary>The key of PostgreSQL's advisory lock; any number that nobody else locks with.</summary>
    internal const long Lock = 0x446563616e740001;

    /// <summary>Time that a node which has just ended is given: its connection outlives it by a moment.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const string Alone =
        "Another node runs on this database, and one of the two keeps its files where the other cannot reach them. Let all of them use S3 (Storage__S3__Bucket), or one directory of a file system that all reach, and say so (Storage__Path, Storage__IsShared=true).";

    private readonly string? _connection = configuration.GetConnectionString("Decant");
    private NpgsqlConnection? _held;

    private bool IsShared => storage.Value.IsShared || s3.Value.IsUsed;

    /// <exception cref="StartRefusedException">Another node has it, and the two do not go together.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(_connection) && !await TryTakeAsync(cancellationToken))
        {
            throw new StartRefusedException(Alone);
        }
    }

    /// <returns>True where another node runs.</returns>
    public async Task<bool> IsSharedWithOthersAsync(CancellationToken cancellationToken) =>
        _held is not null && IsShared && !await TryLockAsync("pg_advisory_xact_lock", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
        {
            await _held.DisposeAsync();
        }

        Dispose();
    }

    /// <summary>Notices that the database has gone, and with it the claim, and takes it again once it is back.</summary>
    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        if (_held is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Time, stoppingToken);
        }

        await UntilGoneAsync(stoppingToken);
        // While the database is away this fails, and the loop comes again: to a connection that is closed.
        if (!await TryTakeAsync(stoppingToken))
        {
            LogLost(Alone);
            lifetime.StopApplication();
        }
    }

    private async Task UntilGoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_held!.State == ConnectionState.Open)
            {
                await _held.WaitAsync(cancellationToken);
            }
        }
        catch (Exception gone) when (DatabaseTrouble.IsCauseOf(gone))
        {
            // That is what it waits for.
        }
    }

    private async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        if (_held is not null)
        {
            await _held.DisposeAsync();
        }

        var settings = new NpgsqlConnectionStringBuilder(_connection) { Pooling = false, KeepAlive = 15 };
        _held = new NpgsqlConnection(settings.ConnectionString);
        await _held.OpenAsync(cancellationToken);
        return await TryLockAsync(IsShared ? "pg_advisory_lock_shared" : "pg_advisory_lock", cancellationToken);
    }

    /// <returns>False where another node has what does not go together with it, and keeps it.</returns>
    private async Task<bool> TryLockAsync(string function, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_held)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand($"SET lock_timeout = {Patience.TotalMilliseconds:F0}"),
                new NpgsqlBatchCommand($"SELECT {function}({Lock})"),
            },
        };
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException waited) when (waited.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Critical, "This node stops: {Why}")]
    private partial void LogLost(string why);
}
