using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>
/// The one model, put together from the folders' entity configurations; each folder has its tables as properties of this (<c>…Tables</c>).
/// Each database has a derived context of its own, because migrations belong to a provider.
/// </summary>
internal abstract class DecantDb(DbContextOptions options) : DbContext(options)
{
    private const int Attempts = 5;

    /// <summary>A database that is busy for so long is answered with, and not waited for any longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public DbSet<StoredSecret> StoredSecrets => Set<StoredSecret>();
    public DbSet<StoredKey> StoredKeys => Set<StoredKey>();

    /// <summary>
    /// Runs <paramref name="work"/> in one write transaction and commits it. Everyone who moves money or hands out work
    /// goes through here: SQLite's single writer is queued for, and a transaction the database gave up for another's sake
    /// (busy, deadlock, serialization failure) is run again.
    /// </summary>
    /// <param name="work">Work that may run more than once: it changes nothing but this context and reads all it needs within.</param>
    /// <param name="cancellationToken">Token that ends the wait and rolls back; a commit once begun is finished.</param>
    public async Task<T> InWriteTransactionAsync<T>(
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        var began = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryInWriteTransactionAsync(work, cancellationToken);
            }
            catch (Exception exception)
                when (attempt < Attempts && Stopwatch.GetElapsedTime(began) < Patience && GaveWay(exception))
            {
                ChangeTracker.Clear();
            }
        }
    }

    /// <inheritdoc cref="InWriteTransactionAsync{T}"/>
    public Task InWriteTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        InWriteTransactionAsync(
            async token =>
            {
                await work(token);
                return true;
            },
            cancellationToken
        );

    /// <summary>Brings the schema up to date.</summary>
    /// <exception cref="NewerDatabaseException">A newer version has been here.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var schema = await ReadSchemaAsync(cancellationToken);
        schema.RefuseNewer();
        if (schema.Pending.Count > 0)
        {
            await ApplyMigrationsAsync(cancellationToken);
        }
    }

    /// <summary>Compares the database's migrations with this version's. Changes nothing.</summary>
    public async Task<Schema> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        var known = Database.GetMigrations().ToList();
        var applied = (await Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        return new Schema(applied, [.. known.Except(applied)], [.. applied.Except(known)]);
    }

    protected abstract Task ApplyMigrationsAsync(CancellationToken cancellationToken);

    /// <summary>Writes a row as it is, and so finds out whether the database can be written. Waits for a second or two at most.</summary>
    public abstract Task TryWriteAsync(CancellationToken cancellationToken);

    /// <summary>True for an insert that met an existing unique value.</summary>
    public abstract bool IsDuplicate(DbUpdateException exception);

    /// <summary>Holds a named lock until the write transaction ends: nobody else passes here with the same name, on any node. For limits that are a count and not a row.</summary>
    public abstract Task PassAloneAsync(string name, CancellationToken cancellationToken);

    /// <summary>The same in a transaction that need not outlive a crash of the database: whoever waits is let in without a wait for the disk.</summary>
    /// <inheritdoc cref="PassAloneAsync"/>
    public virtual Task PassAloneBrieflyAsync(string name, CancellationToken cancellationToken) =>
        PassAloneAsync(name, cancellationToken);

    /// <summary>Locks rows until the write transaction ends (<c>SELECT … FOR UPDATE</c>), so that what is read of them afterwards is still so when they are changed.</summary>
    /// <typeparam name="T">An entity of a table with an <c>Id</c>.</typeparam>
    /// <param name="ids">Numbers of the rows; those that are not there are passed over.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    public abstract Task LockAsync<T>(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Says something to every node, this one included, once the write transaction is committed.</summary>
    /// <param name="place">Place at which a listener waits for it.</param>
    /// <param name="message">Text of at most 8,000 bytes.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    public abstract Task TellNodesAsync(string place, string message, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the database itself refuse to change or delete what is written once. At every start and not in a migration:
    /// SQLite's way to alter a table makes a new one, without the old one's triggers.
    /// </summary>
    public Task ProtectHistoryAsync(CancellationToken cancellationToken) =>
        InWriteTransactionAsync(
            async token =>
            {
                await PassAloneAsync("append-only", token);
                await Database.ExecuteSqlRawAsync(AppendOnlyAuditEntries, token);
            },
            cancellationToken
        );

    /// <summary>Statements that make <c>AuditEntries</c> append-only, harmless where it is already.</summary>
    protected abstract string AppendOnlyAuditEntries { get; }

    /// <summary>A row that is there from the first start on, and that nobody else writes while the server runs.</summary>
    protected Task WriteAsItIsAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(
            $"""UPDATE "__EFMigrationsHistory" SET "ProductVersion" = "ProductVersion" """,
            cancellationToken
        );

    /// <summary>Waits for the right to write, where the database has one writer at a time.</summary>
    protected abstract ValueTask<IAsyncDisposable?> TakeTurnAsync(CancellationToken cancellationToken);

    /// <summary>A write transaction begins, perhaps for another time.</summary>
    protected virtual void Begin() { }

    /// <summary>A write transaction is committed.</summary>
    protected virtual void Committed() { }

    /// <summary>True where the database rolled a transaction back for no fault of its own, so that it may simply run again.</summary>
    protected abstract bool GaveWay(Exception exception);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(16);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(
            typeof(DecantDb).Assembly,
            type => !type.IsDefined(typeof(PostgresOnlyAttribute), inherit: false)
        );

    private async Task<T> TryInWriteTransactionAsync<T>(
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        await using var turn = await TakeTurnAsync(cancellationToken);
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        try
        {
            Begin();
            // What fails within is rolled back whole, so that no save needs a place to go back to.
            Database.AutoSavepointsEnabled = false;
            var result = await work(cancellationToken);
            // Not the caller's token: a commit cut off half-way is neither done nor undone to the one who asked.
            await transaction.CommitAsync(CancellationToken.None);
            Committed();
            return result;
        }
        catch
        {
            // Whatever it was: what was rolled back must not be written by a later save.
            ChangeTracker.Clear();
            throw;
        }
    }
}
