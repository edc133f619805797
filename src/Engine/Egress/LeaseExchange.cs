using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Decant.Engine.Egress.Loopback;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Files;

namespace Decant.Engine.Egress;

/// <summary>A proxied request of a child: a tunnel (<c>CONNECT</c>) or a plain request in absolute form. A connection carries one request, which is how the extractor sends them.</summary>
internal sealed class LeaseExchange(
    EgressLease lease,
    Socket client,
    HttpHead head,
    ReadOnlyMemory<byte> rest,
    EgressRouter router,
    EgressDialer dialer
)
{
    /// <summary>Fields that concern one connection only (RFC 9110, section 7.6.1), and Host, which is written anew.</summary>
    private static readonly string[] ConnectionFields =
    [
        "Connection",
        "Host",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Upgrade",
    ];

    private string Method => head.StartLine.First;
    private string Target => head.StartLine.Second;

    /// <exception cref="HttpHeadException">The request is not HTTP.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (Method == "CONNECT" ? TunnelAsync(cancellationToken) : ForwardAsync(cancellationToken));
        }
        catch (MediaException e) when (e.Error == MediaError.BlockedAddress || e.Error == MediaError.InvalidUrl)
        {
            lease.Deny(AskedHost(), e.Message);
            await HttpReply.RefuseAsync(client, HttpStatusCode.Forbidden, e.Message, cancellationToken);
        }
        catch (MediaException e)
        {
            var status =
                e.Error == MediaError.SourceTimeout ? HttpStatusCode.GatewayTimeout : HttpStatusCode.BadGateway;
            await HttpReply.RefuseAsync(client, status, e.Message, cancellationToken);
        }
    }

    private async Task TunnelAsync(CancellationToken cancellationToken)
    {
        var target = EgressTarget.Parse(Target);
        router.Check(target);
        var upstream = router.UpstreamFor(target);
        using var origin = upstream is null
            ? await dialer.ConnectAsync(target, cancellationToken)
            : await dialer.ConnectAsync(upstream, cancellationToken);
        var early = upstream is null
            ? ReadOnlyMemory<byte>.Empty
            : await upstream.OpenTunnelAsync(origin, target, cancellationToken);
        await HttpReply.SendAsync(client, "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), cancellationToken);
        await HttpReply.SendAsync(client, early, cancellationToken);
        await HttpReply.SendAsync(origin, rest, cancellationToken);
        await Splice.BothWaysAsync(client, origin, lease, cancellationToken);
    }

    private async Task ForwardAsync(CancellationToken cancellationToken)
    {
        var (url, path) = ReadTarget();
        var target = EgressTarget.Of(url);
        router.Check(target);
        if (head.Single("Transfer-Encoding") is not null)
        {
            await HttpReply.RefuseAsync(
                client,
                HttpStatusCode.LengthRequired,
                "Send the body with a Content-Length.",
                cancellationToken
            );
            return;
        }
        var body = ReadContentLength();
        var upstream = router.UpstreamFor(target);
        using var origin = upstream is null
            ? await dialer.ConnectAsync(target, cancellationToken)
            : await dialer.ConnectAsync(upstream, cancellationToken);
        await HttpReply.SendAsync(origin, WriteHead(target, path, upstream), cancellationToken);
        // Not a byte past the body: through an upstream proxy it would be another request, one that nobody checked.
        var sent = rest[..(int)Math.Min(rest.Length, body)];
        await HttpReply.SendAsync(origin, sent, cancellationToken);
        await Splice.ExactlyAsync(client, origin, body - sent.Length, cancellationToken);
        await Splice.BackAsync(origin, client, lease, cancellationToken);
    }

    /// <summary>The path is handed on as it came: signed addresses do not survive being tidied up.</summary>
    private (Uri Url, string Path) ReadTarget()
    {
        const string Scheme = "http://";
        if (
            !Target.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || Target.Any(character => character is <= ' ' or >= '\x7f' or '\\')
            || !Uri.TryCreate(Target, UriKind.Absolute, out var url)
        )
        {
            throw new MediaException(
                MediaError.InvalidUrl,
                "This proxy takes CONNECT host:port, and requests for http:// addresses."
            );
        }
        var start = Target.IndexOfAny(['/', '?', '#'], Scheme.Length);
        var path = start < 0 ? "" : Target[start..].Split('#')[0];
        return (url, path.StartsWith('/') ? path : $"/{path}");
    }

    private long ReadContentLength()
    {
        var text = head.Single("Content-Length");
        if (text is null)
        {
            return 0;
        }
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new HttpHeadException("Content-Length is not a number.");
    }

    private byte[] WriteHead(EgressTarget target, string path, UpstreamProxy? upstream)
    {
        var host = target.Port == 80 ? target.Authority[..^":80".Length] : target.Authority;
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Method} {(upstream is null ? "" : $"http://{host}")}{path} HTTP/1.1\r\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"Host: {host}\r\nConnection: close\r\n");
        if (upstream?.Authorization is { } authorization)
        {
            text.Append(CultureInfo.InvariantCulture, $"Proxy-Authorization: {authorization}\r\n");
        }
        var named = head
            .Fields.Where(field => field.Is("Connection"))
            .SelectMany(field => field.Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(ConnectionFields)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var field in head.Fields.Where(field => !named.Contains(field.Name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{field.Name}: {field.Value}\r\n");
        }
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>The host that was asked, without path or query, which may hold a signature.</summary>
    private string AskedHost()
    {
        if (Method == "CONNECT")
        {
            var colon = Target.LastIndexOf(':');
            return colon < 0 ? Target : Target[..colon];
        }
        return Uri.TryCreate(Target, UriKind.Absolute, out var url) ? url.Host : "";
    }
}
