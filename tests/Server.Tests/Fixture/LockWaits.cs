using Npgsql;

namespace Decant.Server.Tests.Fixture;

/// <summary>Waits for somebody to wait for a lock. PostgreSQL tells nobody of it: it is asked until it says so.</summary>
internal static class LockWaits
{
    public static async Task UntilOneAsync(string connection)
    {
        using var patience = new CancellationTokenSource(Quiet.Patience);
        await using var own = new NpgsqlConnection(connection);
        await own.OpenAsync(patience.Token);
        await using var ask = new NpgsqlCommand(
            """
            SELECT count(*) FROM pg_sleep(0.01), pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """,
            own
        );
        while ((long)(await ask.ExecuteScalarAsync(patience.Token))! == 0) { }
    }
}
