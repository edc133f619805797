using System.Text.Json;
using Decant.Engine.Egress;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Decant.Server.Accounts.External;

/// <summary>
/// The operator's issuer as it describes itself (OpenID Connect Discovery 1.0): its name and the keys it signs with. Kept
/// for hours, and asked again for a key that is not known yet, but never more than once a minute: anybody can make up the
/// name of a key.
/// </summary>
internal sealed partial class IssuerKeys : IDisposable
{
    private const string Discovery = ".well-known/openid-configuration";
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly OperatorsPeer? _peer;
    private readonly Uri? _authority;
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
        _authority = options.Value.Authority;
        _peer = _authority is null ? null : new OperatorsPeer(_authority, egress.Value.ToOptions(), Timeout, MaxBytes);
    }

    /// <summary>An external issuer is configured.</summary>
    public bool IsSet => _authority is not null;

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
            return _known = await AskAsync(now, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TimeoutException)
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

    private async Task<Known> AskAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var authority = _authority!.AbsoluteUri.TrimEnd('/');
        using var about = JsonDocument.Parse(await ReadAsync(new Uri($"{authority}/{Discovery}"), cancellationToken));
        var issuer = TextOf(about, "issuer");
        // Section 4.3: whoever answers here must be the one that was asked.
        if (issuer.TrimEnd('/') != authority)
        {
            throw new JsonException($"{authority} calls itself {issuer}: set Jwt__Authority to that name.");
        }

        var keys = new JsonWebKeySet(await ReadAsync(KeysOf(about), cancellationToken));
        return new Known(issuer, [.. keys.GetSigningKeys()], now);
    }

    private static Uri KeysOf(JsonDocument about) =>
        Uri.TryCreate(TextOf(about, "jwks_uri"), UriKind.Absolute, out var keys)
        && (keys.Scheme == Uri.UriSchemeHttps || (keys.Scheme == Uri.UriSchemeHttp && keys.IsLoopback))
            ? keys
            : throw new JsonException("The issuer's jwks_uri is no https:// address.");

    private static string TextOf(JsonDocument about, string member) =>
        about.RootElement.ValueKind == JsonValueKind.Object
        && about.RootElement.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new JsonException($"The issuer's description has no {member}.");

    private async Task<string> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await _peer!.Http.GetStringAsync(address, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{address.Host} took longer than {Timeout}.", exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The issuer of Jwt__Authority could not be asked for its keys")]
    private partial void LogUnreachable(Exception exception);

    /// <param name="Issuer">The <c>iss</c> of its tokens.</param>
    /// <param name="Keys">To verify them with.</param>
    /// <param name="AskedAt">Time of the answer (UTC).</param>
    internal sealed record Known(string Issuer, IReadOnlyList<SecurityKey> Keys, DateTimeOffset AskedAt);
}
