using Decant.Server.Errors;

namespace Decant.Server.Accounts.Watching;

/// <summary>The credential that an answer which goes on for long was asked for with.</summary>
internal sealed class CredentialWatch : IDisposable
{
    /// <summary>Timers know no longer times than 49 days; to look once a day more costs nothing.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>And they ring a little early.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _time;
    private readonly Action<CredentialWatch> _onClose;
    private readonly ITimer _expiry;

    /// <param name="credential">The credential that the request carried.</param>
    /// <param name="caller">Caller as it was then.</param>
    /// <param name="time">Clock, for the credential's end.</param>
    /// <param name="onExpiry">Action for when the credential may have expired.</param>
    /// <param name="onClose">The answer is over.</param>
    public CredentialWatch(
        Credential credential,
        Caller caller,
        TimeProvider time,
        Action<CredentialWatch> onExpiry,
        Action<CredentialWatch> onClose
    )
    {
        Credential = credential;
        AccountId = caller.AccountId;
        _time = time;
        _onClose = onClose;
        Over = _over.Token;
        _expiry = time.CreateTimer(_ => onExpiry(this), null, Wait(caller), Timeout.InfiniteTimeSpan);
    }

    public Credential Credential { get; }

    public long AccountId { get; }

    /// <summary>Cancelled when the credential is good no more.</summary>
    public CancellationToken Over { get; }

    /// <summary>Refusal that a request with the credential would get now; null while the credential is good.</summary>
    public ApiException? Refusal { get; private set; }

    /// <summary>Goes on with a credential that was looked at and is good, until it is to be looked at again.</summary>
    public void GoOn(Caller caller) => _expiry.Change(Wait(caller), Timeout.InfiniteTimeSpan);

    public Task EndAsync(ApiException refusal)
    {
        Refusal = refusal;
        return _over.CancelAsync();
    }

    /// <summary>The source is left to the collector: whoever ends the watch may hold it still.</summary>
    public void Dispose()
    {
        _onClose(this);
        _expiry.Dispose();
    }

    private TimeSpan Wait(Caller caller)
    {
        var left = (caller.ExpiresAt ?? DateTimeOffset.MaxValue) - _time.GetUtcNow();
        return left > Longest ? Longest
            : left > Shortest ? left
            : Shortest;
    }
}
