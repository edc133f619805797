using System.Collections.Concurrent;
using Decant.Server.Data;

namespace Decant.Server.Background;

/// <summary>Failures of loops in their last round, for <c>/readyz</c>.</summary>
internal sealed class LoopTroubles(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LoopTrouble> _troubles = new();

    public IReadOnlyList<LoopTrouble> All => [.. _troubles.Values.OrderBy(trouble => trouble.Loop)];

    public void Report(string loop, string failure, Exception cause)
    {
        // No message of an exception: whoever asks /readyz is a stranger.
        var why = DatabaseTrouble.Of(cause)?.Message ?? "The server's log says why.";
        var now = time.GetUtcNow();
        _troubles.AddOrUpdate(
            loop,
            _ => new LoopTrouble(loop, now, failure, why),
            (_, known) => known with { Failure = failure, Why = why }
        );
    }

    public void Clear(string loop) => _troubles.TryRemove(loop, out _);
}

/// <param name="Loop">Name of the loop.</param>
/// <param name="Since">The first of the failures in a row.</param>
/// <param name="Failure">Failure of the last round.</param>
/// <param name="Why">A sentence for anybody.</param>
internal sealed record LoopTrouble(string Loop, DateTimeOffset Since, string Failure, string Why);
