using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Decant.Server.Accounts.External;

/// <summary>
/// The name of the operator's issuer and the keys it signs with. Kept for hours, and asked for again for a key that is not known yet, but
/// never more than once a minute: anybody can make up the name of a key. The framework's own <c>ConfigurationManager</c> fetches a new key
/// in the background, and refuses the first token that is signed with it: <c>docs/adr/0045</c>.
/// </summary>
internal sealed partial class IssuerKeys : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly IssuerPeer? _peer;
    private readonly TimeProvider _time;
    private readonly ILogger<IssuerKeys> _logger;
    private volatile Known? _known;
    private DateTimeOffset _triedAt;

    public IssuerKeys(
        IOptions<JwtOptions> options,
        IOptions<EgressSettings> egress,
        TimeProvider time,
        ILogger<IssuerKeys> logger
    )
    {
        _time = time;
        _logger = logger;
        _peer = options.Value.Authority is { } authority ? new IssuerPeer(authority, egress.Value.ToOptions()) : null;
    }

    /// <summary>An external issuer is configured.</summary>
    public bool IsSet => _peer is not null;

    /// <summary>The issuer's name and keys, with the key of this name among them if the issuer has it.</summary>
    /// <exception cref="ApiException"><c>issuer_unreachable</c>.</exception>
    public async Task<Known> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_known is { } known && Suffices(known, keyId))
        {
            return known;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = _time.GetUtcNow();
            var isTooSoon = now - _triedAt < Pause;
            if (_known is { } meanwhile && (isTooSoon || Suffices(meanwhile, keyId)))
            {
                return meanwhile;
            }

            if (isTooSoon)
            {
                throw Unreachable();
            }

            _triedAt = now;
            return _known = await AskAsync(now);
        }
        // Whatever is wrong with its answer is the issuer's affair, and the framework has an exception of its own for each.
        catch (Exception exception) when (exception is not ApiException)
        {
            LogUnreachable(exception);
            // Keys go out of use slowly; an issuer that is down for an hour must not lock everybody out.
            return _known ?? throw Unreachable();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _peer?.Dispose();
    }

    /// <param name="known">The issuer's last answer.</param>
    /// <param name="keyId">Empty where the token does not say; all keys are tried then.</param>
    private bool Suffices(Known known, string keyId) =>
        _time.GetUtcNow() - known.AskedAt < Fresh && (keyId.Length == 0 || known.Keys.Any(key => key.KeyId == keyId));

    private static ApiException Unreachable() =>
        new(
            ApiError.IssuerUnreachable,
            "The issuer of this token does not answer, so it cannot be checked. Try again in a minute."
        )
        {
            RetryAfter = Pause,
        };

    /// <summary>Goes on where its caller hangs up: the others wait for the same answer, and for a minute nobody would ask again.</summary>
    private async Task<Known> AskAsync(DateTimeOffset now)
    {
        var about = await OpenIdConnectConfigurationRetriever.GetAsync(_peer!.Address, _peer.Documents, default);
        return _peer.NameFault(about) is { } fault
            ? throw new InvalidOperationException(fault)
            : new Known(about.Issuer, [.. about.SigningKeys], now);
    }

    [LoggerMessage(LogLevel.Warning, "The issuer of Jwt__Authority could not be asked for its keys")]
    private partial void LogUnreachable(Exception exception);

    /// <param name="Issuer">The <c>iss</c> of its tokens.</param>
    /// <param name="Keys">Keys to verify tokens with.</param>
    /// <param name="AskedAt">Time of the answer (UTC).</param>
    internal sealed record Known(string Issuer, IReadOnlyList<SecurityKey> Keys, DateTimeOffset AskedAt);
}
