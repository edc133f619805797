using Decant.Engine.Errors;
using Decant.Engine.Sources;
using Decant.Server.Data;
using Decant.Server.Jobs.Queue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Platforms.Circuits;

/// <summary>
/// Circuit breakers, one a platform, in the database and so for all nodes: one opens when the platform refuses this server, lets one
/// try again when its time is over, and closes when that succeeds. <c>docs/adr/0017</c>.
/// </summary>
internal sealed partial class PlatformCircuits(
    IDbContextFactory<DecantDb> databases,
    PlatformWakeUps wakeUps,
    CircuitMetrics metrics,
    IOptions<CircuitOptions> options,
    TimeProvider time,
    ILogger<PlatformCircuits> logger
)
{
    private const int MostDoublings = 16;

    private readonly CircuitOptions _options = options.Value;

    public static bool IsRefusal(MediaError error) =>
        error == MediaError.SourceBlocked || error == MediaError.SourceRateLimited;

    /// <summary>Asks for the right to ask a platform. When an open circuit's time is over, one of all who ask gets it.</summary>
    public async Task<Passage> PassAsync(string platform, CancellationToken cancellationToken)
    {
        if (!HasCircuit(platform))
        {
            return Passage.Free;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var circuit = await db
            .PlatformCircuits.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Platform == platform, cancellationToken);
        if (circuit?.OpenUntil is not { } until)
        {
            return circuit is null ? Passage.Free : Passage.Free with { IsSuspect = true };
        }

        var now = time.GetUtcNow();
        if (until > now)
        {
            return new Passage(until, circuit.Code);
        }

        var next = now + _options.TrialTime;
        var tries = await db.InWriteTransactionAsync(
            token =>
                db.PlatformCircuits.Where(one => one.Platform == platform && one.OpenUntil == until)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(one => one.OpenUntil, next).SetProperty(one => one.IsOnTrial, true),
                        token
                    ),
            cancellationToken
        );
        return tries > 0
            ? new Passage(OpenUntil: null, IsTrial: true, IsSuspect: true)
            : new Passage(next, circuit.Code);
    }

    /// <summary>The platform refused this server.</summary>
    /// <returns>Time (UTC) until which the circuit is open now; null where it is closed.</returns>
    public async Task<DateTimeOffset?> RefusedAsync(
        string platform,
        MediaException refusal,
        CancellationToken cancellationToken
    )
    {
        if (!HasCircuit(platform))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (until, isOpened) = await db.InWriteTransactionAsync(
            async token =>
            {
                await db.PassAloneAsync($"circuit:{platform}", token);
                var circuit = await db.PlatformCircuits.SingleOrDefaultAsync(one => one.Platform == platform, token);
                if (circuit is null)
                {
                    circuit = new PlatformCircuit { Platform = platform, Code = refusal.Error.Code };
                    db.PlatformCircuits.Add(circuit);
                }

                var opened = Count(circuit, refusal);
                await db.SaveChangesAsync(token);
                return (circuit.OpenUntil, opened);
            },
            cancellationToken
        );
        if (isOpened)
        {
            metrics.CountOpening(platform, refusal.Error.Code);
            LogOpened(platform, refusal.Error.Code, until!.Value);
        }

        return until;
    }

    /// <summary>The platform gave what it was asked for.</summary>
    public async Task SucceededAsync(string platform, CancellationToken cancellationToken)
    {
        if (!HasCircuit(platform))
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.PlatformCircuits.AnyAsync(one => one.Platform == platform, cancellationToken))
        {
            return;
        }

        var closed = await db.InWriteTransactionAsync(
            token => db.PlatformCircuits.Where(one => one.Platform == platform).ExecuteDeleteAsync(token),
            cancellationToken
        );
        if (closed > 0)
        {
            LogClosed(platform);
            wakeUps.Wake(platform);
        }
    }

    /// <returns>Open circuits by platform.</returns>
    public async Task<IReadOnlyList<PlatformCircuit>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .PlatformCircuits.AsNoTracking()
            .Where(one => one.OpenUntil != null)
            .OrderBy(one => one.Platform)
            .ToListAsync(cancellationToken);
    }

    /// <summary>All but the rest of the web: one of its sites says nothing of the next.</summary>
    private static bool HasCircuit(string platform) => platform != Platform.Other.Name;

    /// <returns>True where this opened the circuit, for the first time or again.</returns>
    private bool Count(PlatformCircuit circuit, MediaException refusal)
    {
        circuit.Refusals++;
        circuit.Code = refusal.Error.Code;
        if (circuit.Refusals < _options.RefusalsToOpen)
        {
            return false;
        }

        var now = time.GetUtcNow();
        // Those who had asked before it was opened are told the same, and are no reason to open it for longer.
        if (circuit.OpenUntil > now && !circuit.IsOnTrial)
        {
            return false;
        }

        var pause = _options.Pause * Math.Pow(2, Math.Min(circuit.Openings++, MostDoublings));
        var asked = refusal.RetryAfter > pause ? refusal.RetryAfter.Value : pause;
        circuit.IsOnTrial = false;
        circuit.OpenUntil = now + (asked < _options.LongestPause ? asked : _options.LongestPause);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "{Platform} refuses this server ({Code}) and is left alone until {Until}")]
    private partial void LogOpened(string platform, string code, DateTimeOffset until);

    [LoggerMessage(LogLevel.Information, "{Platform} answers this server again")]
    private partial void LogClosed(string platform);
}
