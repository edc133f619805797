using Decant.Engine;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Upkeep;

/// <summary>
/// Counts of platforms' answers to look-ups, in memory by each node, added up by the day in the database.
/// Not read off the jobs, because a platform whose pages have changed gets none: its downloads are refused.
/// </summary>
internal sealed class PlatformRecords(MediaEngine engine, IDbContextFactory<DecantDb> databases, TimeProvider time)
{
    /// <summary>Days whose failures are shown.</summary>
    public const int RecentDays = 7;

    /// <summary>Days that are kept: a success longer ago is as good as none.</summary>
    private const int KeptDays = 90;

    /// <summary>Writes down what this node has counted since the last time.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var counts = engine.LookUps.Take();
        if (counts.Count == 0)
        {
            return;
        }

        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.InWriteTransactionAsync(token => AddAsync(db, counts, token), cancellationToken);
        }
        catch
        {
            // The next time tries again.
            foreach (var count in counts)
            {
                engine.LookUps.Add(count);
            }

            throw;
        }
    }

    /// <returns>A record for each platform, in the order of the wire.</returns>
    public static async Task<IReadOnlyList<PlatformRecord>> ReadAsync(
        DecantDb db,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var successes = await db
            .LookUpDays.Where(day => day.Outcome == LookUpDay.Success)
            .GroupBy(day => day.Platform)
            .Select(days => new { Platform = days.Key, LastAt = days.Max(day => day.LastAt) })
            .ToDictionaryAsync(one => one.Platform, one => one.LastAt, cancellationToken);
        var since = today.AddDays(1 - RecentDays);
        var failures = await db
            .LookUpDays.Where(day => day.Outcome != LookUpDay.Success && day.Day >= since)
            .GroupBy(day => new { day.Platform, day.Outcome })
            .Select(days => new
            {
                days.Key.Platform,
                Failure = new RecentFailure(days.Key.Outcome, days.Sum(day => day.Count), days.Max(day => day.LastAt)),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. Platform.All.Select(platform => new PlatformRecord(
                platform.Name,
                successes.TryGetValue(platform.Name, out var at) ? at : null,
                [
                    .. failures
                        .Where(one => one.Platform == platform.Name)
                        .Select(one => one.Failure)
                        .OrderByDescending(failure => failure.LastAt),
                ]
            )),
        ];
    }

    private async Task AddAsync(DecantDb db, IReadOnlyCollection<LookUpCount> counts, CancellationToken token)
    {
        // Two nodes that both begin a day's row would be in each other's way.
        await db.PassAloneAsync("look-ups", token);
        foreach (var count in counts)
        {
            var day = DateOnly.FromDateTime(count.LastAt.UtcDateTime);
            var outcome = count.Code ?? LookUpDay.Success;
            var known = await db.LookUpDays.SingleOrDefaultAsync(
                one => one.Day == day && one.Platform == count.Platform && one.Outcome == outcome,
                token
            );
            if (known is null)
            {
                known = new LookUpDay
                {
                    Day = day,
                    Platform = count.Platform,
                    Outcome = outcome,
                };
                db.LookUpDays.Add(known);
            }

            known.Count += count.Count;
            known.LastAt = known.LastAt > count.LastAt ? known.LastAt : count.LastAt;
        }

        await db.SaveChangesAsync(token);
        var oldest = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-KeptDays);
        await db.LookUpDays.Where(one => one.Day < oldest).ExecuteDeleteAsync(token);
    }
}

/// <param name="Platform">Platform by its name in the API.</param>
/// <param name="LastSuccessAt">Time of the last successful look-up (UTC); null where there was none in the last 90 days.</param>
/// <param name="RecentFailures">Failures of the last seven days, newest first.</param>
internal sealed record PlatformRecord(
    string Platform,
    DateTimeOffset? LastSuccessAt,
    IReadOnlyList<RecentFailure> RecentFailures
);

/// <summary>A kind of failure of a platform's look-ups in the last seven days, over all nodes.</summary>
/// <param name="Code">The error's code, such as <c>source_failed</c>.</param>
/// <param name="Count">Number of look-ups.</param>
/// <param name="LastAt">Time of the last failure (UTC).</param>
internal sealed record RecentFailure(string Code, long Count, DateTimeOffset LastAt);
