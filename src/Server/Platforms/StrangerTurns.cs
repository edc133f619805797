using Decant.Engine.Errors;
using Microsoft.Extensions.Options;

namespace Decant.Server.Platforms;

/// <summary>Turns of strangers' look-ups: so many of all together, so that accounts find the rest free, and so many of one address.</summary>
internal sealed class StrangerTurns(IOptions<LookUpOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Longest wait for a turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _all = new(options.Value.MaxPublic);
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Runs a look-up when it is its turn: first that of its address, so that one who asks for many keeps nobody else waiting.</summary>
    /// <exception cref="MediaException"><c>overloaded</c> where the turn did not come.</exception>
    public async Task<T> TakeAsync<T>(
        string client,
        Func<CancellationToken, Task<T>> lookUp,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        var line = Join(client);
        try
        {
            await WaitAsync(line.Turns, Patience, cancellationToken);
            try
            {
                await WaitAsync(_all, Patience - time.GetElapsedTime(began), cancellationToken);
                try
                {
                    return await lookUp(cancellationToken);
                }
                finally
                {
                    _all.Release();
                }
            }
            finally
            {
                line.Turns.Release();
            }
        }
        finally
        {
            Leave(client, line);
        }
    }

    public void Dispose() => _all.Dispose();

    private async Task WaitAsync(SemaphoreSlim turns, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await turns.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
            when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(
                MediaError.Overloaded,
                "Too many addresses are being looked up without a key at present; try again later, or with a key."
            );
        }
    }

    private Line Join(string client)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue(client, out var line))
            {
                _lines[client] = line = new Line(new SemaphoreSlim(options.Value.MaxOfAnAddress));
            }

            line.Members++;
            return line;
        }
    }

    private void Leave(string client, Line line)
    {
        lock (_lock)
        {
            if (--line.Members == 0)
            {
                _lines.Remove(client);
                line.Turns.Dispose();
            }
        }
    }

    private sealed record Line(SemaphoreSlim Turns)
    {
        public int Members { get; set; }
    }
}
