namespace Decant.Engine.Fetching;

/// <summary>Present address of a source. Links die while they are fetched from; looking the medium up again brings another.</summary>
/// <param name="first">Target as it was found.</param>
/// <param name="renew">Look-up anew, which gives null where it is not there any more; null where there is none.</param>
internal sealed class Link<T>(T first, Func<CancellationToken, Task<T?>>? renew) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim _one = new(1);
    private T _now = first;
    private long _arrivedBefore = -1;

    public T Now => Volatile.Read(ref _now);

    /// <param name="dead">The one that serves no more.</param>
    /// <param name="arrived">Bytes that are here. A link that died before it brought any is not looked up again.</param>
    /// <param name="cancellationToken">Token that ends the look-up.</param>
    /// <returns>Whether there is another.</returns>
    /// <exception cref="Errors.MediaException">Why the medium cannot be had any more.</exception>
    public async Task<bool> RenewAsync(T dead, long arrived, CancellationToken cancellationToken)
    {
        if (renew is null)
        {
            return false;
        }
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(Now, dead))
            {
                return true;
            }
            if (arrived <= _arrivedBefore)
            {
                return false;
            }
            _arrivedBefore = arrived;
            if (await renew(cancellationToken) is not { } another)
            {
                return false;
            }
            Volatile.Write(ref _now, another);
            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
