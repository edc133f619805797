namespace Decant.Server.Downloads;

/// <summary>The look-ups of one request: eight at once, whether it names media, lists, or lists of media.</summary>
internal sealed class LookUpTurns : IDisposable
{
    /// <summary>A batch of 50 must not keep everybody else's look-ups waiting.</summary>
    public const int AtOnce = 8;

    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>Runs one look-up when it is its turn.</summary>
    public async Task<T> TakeAsync<T>(Func<CancellationToken, Task<T>> lookUp, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await lookUp(cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
