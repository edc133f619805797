using System.Buffers;
using System.Globalization;
using System.Net;
using Decant.Engine.Errors;

namespace Decant.Engine.Egress;

/// <summary>A host and port that someone wants to reach, read strictly.</summary>
/// <param name="Host">Lower case, without brackets or trailing dot.</param>
/// <param name="Port">80, 443, or 1024 and up.</param>
/// <param name="Addresses">Addresses known without a DNS look-up: a literal address, or the loopback ones for <c>localhost</c>; null for a name.</param>
internal sealed record EgressTarget(string Host, int Port, IReadOnlyList<IPAddress>? Addresses)
{
    /// <summary>Names that mean this machine whatever a resolver says (RFC 6761, and Debian's /etc/hosts).</summary>
    private static readonly string[] LoopbackNames =
    [
        "localhost",
        "localhost.localdomain",
        "localhost6",
        "ip6-localhost",
        "ip6-loopback",
    ];

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary><c>host:port</c>, with brackets where IPv6 needs them.</summary>
    public string Authority => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <exception cref="MediaException"><c>invalid_url</c> for what no URL of ours can be, <c>blocked_address</c> for a port out of bounds.</exception>
    public static EgressTarget Of(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new MediaException(
                MediaError.InvalidUrl,
                $"'{Shortened(url.OriginalString)}' is not an http or https address. Send one that starts with http:// or https://."
            );
        }
        return Of(url.IdnHost, url.Port);
    }

    /// <summary>Reads the <c>host:port</c> of a CONNECT request.</summary>
    /// <exception cref="MediaException">As <see cref="Of(Uri)"/>.</exception>
    public static EgressTarget Parse(string authority)
    {
        var colon = authority.LastIndexOf(':');
        if (
            colon < 0
            || !int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        )
        {
            throw Invalid(authority);
        }
        var host = authority[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            return host[1..^1].Contains(':') ? Of(host[1..^1], port) : throw Invalid(host);
        }
        return host.Contains(':') ? throw Invalid(authority) : Of(host, port);
    }

    /// <exception cref="MediaException">As <see cref="Of(Uri)"/>.</exception>
    public static EgressTarget Of(string rawHost, int port)
    {
        var host = rawHost.ToLowerInvariant();
        if (host.EndsWith('.'))
        {
            host = host[..^1];
        }
        if (port is not (80 or 443 or (>= 1024 and <= 65535)))
        {
            throw new MediaException(
                MediaError.BlockedAddress,
                $"Port {port} of '{Shortened(host)}' is not reachable from here: only 80, 443, and 1024 and up are."
            );
        }
        // IPAddress reads every form inet_aton does: 2130706433, 0x7f.1, 0177.0.0.1.
        if (IPAddress.TryParse(host, out var literal))
        {
            return new EgressTarget(literal.ToString(), port, [literal]);
        }
        if (!IsName(host))
        {
            throw Invalid(host);
        }
        var isLoopback = LoopbackNames.Contains(host) || host.EndsWith(".localhost", StringComparison.Ordinal);
        return new EgressTarget(host, port, isLoopback ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : null);
    }

    private static MediaException Invalid(string host) =>
        new(
            MediaError.InvalidUrl,
            host.Length == 0
                ? "The address names no host. Check it for typing errors."
                : $"'{Shortened(host)}' is not a host name or address. Check the address for typing errors."
        );

    private static string Shortened(string text) => text.Length <= 200 ? text : $"{text[..200]}…";

    private static bool IsName(string host)
    {
        var labels = host.Split('.');
        return host.Length <= 253
            && labels.All(label => label.Length is > 0 and <= 63 && !label.AsSpan().ContainsAnyExcept(LabelCharacters))
            && !IsNumber(labels[^1]);
    }

    /// <summary>A host that ends in a number is an address or nothing (WHATWG URL, "ends in a number"); no resolver may guess.</summary>
    private static bool IsNumber(string label) =>
        label.All(char.IsAsciiDigit)
        || (label.StartsWith("0x", StringComparison.Ordinal) && label[2..].All(char.IsAsciiHexDigit));
}
