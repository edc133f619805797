using System.Net;
using Decant.Engine.Sources;

namespace Decant.Engine.Egress;

/// <summary>The operator's proxies: one for everything, and in its place others for platforms.</summary>
internal sealed class Upstreams
{
    /// <summary>
    /// Domains of platforms' media. A signed link of a page is good for the address that asked for the page, so both go the same way.
    /// </summary>
    private static readonly Dictionary<Platform, string[]> MediaDomains = new()
    {
        [Platform.YouTube] = ["googlevideo.com", "ytimg.com", "ggpht.com"],
        [Platform.TikTok] = ["tiktokcdn.com", "tiktokcdn-us.com", "tiktokcdn-eu.com", "tiktokv.com"],
        [Platform.Instagram] = ["cdninstagram.com"],
        [Platform.Vimeo] = ["vimeocdn.com"],
        [Platform.Spotify] = ["scdn.co", "spotifycdn.com"],
        [Platform.Twitter] = ["twimg.com", "pscp.tv"],
        // Instagram's too, in part.
        [Platform.Facebook] = ["fbcdn.net"],
        [Platform.Twitch] = ["ttvnw.net", "jtvnw.net"],
        [Platform.Dailymotion] = ["dmcdn.net"],
        [Platform.SoundCloud] = ["sndcdn.com"],
    };

    private readonly UpstreamProxy? _forAll;
    private readonly Dictionary<string, UpstreamProxy> _byDomain = new(StringComparer.OrdinalIgnoreCase);
    private readonly CredentialCache _credentials = [];

    /// <exception cref="EgressSettingException">A proxy that is none, or of no platform.</exception>
    public Upstreams(EgressOptions options)
    {
        _forAll = options.Proxy is { } proxy ? new UpstreamProxy(proxy, "Egress__Proxy") : null;
        Remember(_forAll);
        foreach (var (name, address) in options.ProxyByPlatform)
        {
            var setting = $"Egress__ProxyByPlatform__{name}";
            var domains =
                DomainsOf(name)
                ?? throw new EgressSettingException(setting, $"'{name}' is no platform such as youtube.");
            var upstream = new UpstreamProxy(address, setting);
            Remember(upstream);
            foreach (var domain in domains)
            {
                _byDomain[domain] = upstream;
            }
        }
    }

    public bool Any => _forAll is not null || _byDomain.Count > 0;

    /// <summary>Credentials of the upstream proxies, by address.</summary>
    public ICredentials Credentials => _credentials;

    /// <returns>The proxy that a host is reached through; null for none.</returns>
    public UpstreamProxy? For(string host)
    {
        for (var name = host; _byDomain.Count > 0; name = name[(name.IndexOf('.') + 1)..])
        {
            if (_byDomain.TryGetValue(name, out var upstream))
            {
                return upstream;
            }

            if (!name.Contains('.'))
            {
                break;
            }
        }

        return _forAll;
    }

    /// <returns>The proxy that listens there; null where none does.</returns>
    public UpstreamProxy? At(string host, int port) =>
        _byDomain.Values.Append(_forAll).FirstOrDefault(proxy => proxy?.Host == host && proxy.Port == port);

    private void Remember(UpstreamProxy? upstream)
    {
        if (upstream?.Credentials is { } credentials && _credentials.GetCredential(upstream.Address, "Basic") is null)
        {
            _credentials.Add(upstream.Address, "Basic", credentials);
        }
    }

    private static IEnumerable<string>? DomainsOf(string name) =>
        Platform.All.FirstOrDefault(platform => platform.Name == name) is { Domains.Count: > 0 } known
            ? known.Domains.Concat(MediaDomains.GetValueOrDefault(known, []))
            : null;
}
