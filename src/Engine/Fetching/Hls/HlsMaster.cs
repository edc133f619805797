using System.Globalization;

namespace Decant.Engine.Fetching.Hls;

/// <summary>A master (multivariant) playlist (RFC 8216, section 4.3.4).</summary>
internal sealed class HlsMaster
{
    private readonly List<HlsVariant> _variants = [];
    private readonly List<HlsRendition> _renditions = [];
    private readonly HlsVariables _variables;

    private HlsMaster(Uri url) => _variables = new HlsVariables(url, HlsVariables.None);

    public IReadOnlyList<HlsVariant> Variants => _variants;
    public IReadOnlyList<HlsRendition> Renditions => _renditions;
    public IReadOnlyDictionary<string, string> Variables => _variables.Values;

    public HlsVariant Best => _variants.MaxBy(variant => variant.Bandwidth)!;

    /// <returns>Null for what is none, or has no variants.</returns>
    public static HlsMaster? Read(string text, Uri url)
    {
        if (HlsText.Lines(text) is not { } lines)
        {
            return null;
        }
        var master = new HlsMaster(url);
        IReadOnlyDictionary<string, string>? stream = null;
        foreach (var line in lines.Select(line => master._variables.Replace(line) ?? ""))
        {
            var (name, value) = HlsText.Tag(line);
            switch (name)
            {
                case "#EXT-X-DEFINE":
                    master._variables.TryDefine(HlsAttributes.Parse(value));
                    break;
                case "#EXT-X-STREAM-INF":
                    stream = HlsAttributes.Parse(value);
                    break;
                case "#EXT-X-MEDIA":
                    var media = HlsAttributes.Parse(value);
                    master._renditions.Add(
                        new HlsRendition(
                            media,
                            media.TryGetValue("URI", out var uri) && Uri.TryCreate(url, uri, out var place)
                                ? place
                                : null
                        )
                    );
                    break;
                case var _ when stream is not null && !line.StartsWith('#') && Uri.TryCreate(url, line, out var at):
                    master._variants.Add(new HlsVariant(stream, at));
                    stream = null;
                    break;
            }
        }
        return master._variants.Count > 0 ? master : null;
    }
}

/// <param name="Attributes">Attributes of <c>EXT-X-STREAM-INF</c>.</param>
/// <param name="Url">Address of the media playlist.</param>
internal sealed record HlsVariant(IReadOnlyDictionary<string, string> Attributes, Uri Url)
{
    public long Bandwidth =>
        long.TryParse(Attributes.GetValueOrDefault("BANDWIDTH"), CultureInfo.InvariantCulture, out var bits) ? bits : 0;
}

/// <param name="Attributes">Attributes of <c>EXT-X-MEDIA</c>.</param>
/// <param name="Url">Address of the media playlist; null where it is part of the variants.</param>
internal sealed record HlsRendition(IReadOnlyDictionary<string, string> Attributes, Uri? Url)
{
    public bool IsSound => Attributes.GetValueOrDefault("TYPE") == "AUDIO";
    public bool IsDefault => Attributes.GetValueOrDefault("DEFAULT") == "YES";

    /// <summary>Made for people who do not see the picture.</summary>
    public bool DescribesVideo =>
        Attributes
            .GetValueOrDefault("CHARACTERISTICS", "")
            .Contains("public.accessibility.describes-video", StringComparison.OrdinalIgnoreCase);
}
