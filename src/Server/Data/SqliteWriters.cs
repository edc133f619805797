using Microsoft.Data.Sqlite;

namespace Decant.Server.Data;

/// <summary>
/// The queue for SQLite's one writer. Without it every waiting transaction would sleep on a thread of its own inside
/// SQLite's busy handler, and a burst of downloads would starve the whole server of threads.
/// </summary>
internal sealed class SqliteWriters : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);

    /// <returns>Dispose it to let the next one write.</returns>
    /// <exception cref="SqliteException">Busy: the one at work does not come to an end.</exception>
    public async ValueTask<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(Patience, cancellationToken))
        {
            throw new SqliteException("The one writer at a time has not come to an end.", SQLitePCL.raw.SQLITE_BUSY);
        }

        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
