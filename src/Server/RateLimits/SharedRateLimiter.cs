using System.Collections.Concurrent;
using System.Data.Common;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Decant.Server.RateLimits;

/// <summary>Counts calls by client over all nodes of a PostgreSQL: one statement a call, by the database's clock.</summary>
/// <remarks>
/// A log of the calls of the last minute and not a bucket that refills, like the one in memory: no minute holds more calls than
/// allowed, wherever it begins. The table is unlogged, so that a call waits for no disk; what a crash of the database forgets is
/// a minute of counting. docs/adr/0010 has what it costs.
/// </remarks>
internal sealed class SharedRateLimiter(
    IDbContextFactory<DecantDb> databases,
    IOptions<RateLimitOptions> options,
    TimeProvider time
) : IRateLimiter
{
    /// <summary>Refused clients to remember; more of them are forgotten, and asked after again.</summary>
    private const int MostRefused = 100_000;

    /// <summary>Microseconds since 1970: the time of the statement, so that it is the same throughout.</summary>
    private const string Now = "(extract(epoch FROM statement_timestamp()) * 1000000)::bigint";

    // Nothing is written where the limit is reached. The second part sees the row as it was before the statement, which is
    // as it still is where the first part did nothing.
    private const string Count = $"""
        WITH taken AS (
            INSERT INTO "CallCounts" AS log ("Client", "Limit", "Calls")
            VALUES (@client, @limit, ARRAY[{Now}])
            ON CONFLICT ("Client", "Limit") DO UPDATE
            SET "Calls" = ARRAY(SELECT call FROM unnest(log."Calls") AS call WHERE call > {Now} - @window) || {Now}
            WHERE (SELECT count(*) FROM unnest(log."Calls") AS call WHERE call > {Now} - @window) < @most
            RETURNING cardinality("Calls") AS calls, "Calls"[1] AS oldest
        )
        SELECT 1, calls, oldest, {Now} FROM taken
        UNION ALL
        SELECT 0, 0, (SELECT min(call) FROM unnest("Calls") AS call WHERE call > {Now} - @window), {Now}
        FROM "CallCounts" WHERE "Client" = @client AND "Limit" = @limit AND NOT EXISTS (SELECT 1 FROM taken)
        """;

    private const string Forget = $"""DELETE FROM "CallCounts" WHERE "Calls"[cardinality("Calls")] < {Now} - @window""";

    private static readonly long Window = (long)RateLimiter.Window.TotalMicroseconds;

    private readonly ConcurrentDictionary<(RateLimit, ClientId), long> _refusedUntil = new();

    public async ValueTask<Verdict> TakeAsync(RateLimit limit, ClientId client, CancellationToken cancellationToken)
    {
        // No call can be undone, so who was refused until then is refused: a flood does not reach the database.
        if (RefusedFor(limit, client) is { } left)
        {
            return new Verdict(false, 0, left);
        }

        var most = options.Value.Of(limit);
        Verdict? answer;
        do
        {
            answer = await TryAskAsync(limit, client, most, cancellationToken);
        } while (answer is null);

        var verdict = answer.Value;
        if (!verdict.Allowed)
        {
            Remember(limit, client, verdict.Reset);
        }

        return verdict;
    }

    /// <summary>Removes the clients that have not called within a minute.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var (client, until) in _refusedUntil)
        {
            if (until <= time.GetTimestamp())
            {
                _refusedUntil.TryRemove(client, out _);
            }
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(Forget, [new NpgsqlParameter<long>("window", Window)], cancellationToken);
    }

    /// <returns>Null where rivals have filled a log that was not there when this call came.</returns>
    private async Task<Verdict?> TryAskAsync(
        RateLimit limit,
        ClientId client,
        int most,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = Count;
        command.Parameters.Add(new NpgsqlParameter<string>("client", client.ToString()));
        command.Parameters.Add(new NpgsqlParameter<string>("limit", limit.WireName()));
        command.Parameters.Add(new NpgsqlParameter<long>("window", Window));
        command.Parameters.Add(new NpgsqlParameter<int>("most", most));
        // Planned once for each connection of the pool, not at every call.
        await command.PrepareAsync(cancellationToken);
        await using var answer = await command.ExecuteReaderAsync(cancellationToken);
        return await answer.ReadAsync(cancellationToken) ? Read(answer, most) : null;
    }

    private static Verdict Read(DbDataReader answer, int most)
    {
        var allowed = answer.GetInt32(0) == 1;
        var now = answer.GetInt64(3);
        var oldest = answer.IsDBNull(2) ? now - Window : answer.GetInt64(2);
        return new Verdict(
            allowed,
            allowed ? most - answer.GetInt32(1) : 0,
            TimeSpan.FromMicroseconds(oldest + Window - now)
        );
    }

    private TimeSpan? RefusedFor(RateLimit limit, ClientId client) =>
        _refusedUntil.TryGetValue((limit, client), out var until) && until > time.GetTimestamp()
            ? time.GetElapsedTime(time.GetTimestamp(), until)
            : null;

    private void Remember(RateLimit limit, ClientId client, TimeSpan reset)
    {
        if (_refusedUntil.Count >= MostRefused)
        {
            _refusedUntil.Clear();
        }

        _refusedUntil[(limit, client)] = time.GetTimestamp() + (long)(reset.TotalSeconds * time.TimestampFrequency);
    }
}
