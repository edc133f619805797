using System.Globalization;
using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>Rendition of a stream within a period, as its manifest describes it.</summary>
internal sealed record DashRepresentation
{
    private const string Roles = "urn:mpeg:dash:role:2011";
    private const string AudioPurpose = "urn:tva:metadata:cs:AudioPurposeCS:2007";

    public required string? Id { get; init; }
    public required string? SetId { get; init; }
    public required DashKind Kind { get; init; }
    public required string? Codecs { get; init; }
    public required int? Width { get; init; }
    public required int? Height { get; init; }
    public required double? FramesPerSecond { get; init; }

    /// <summary>Bits a second.</summary>
    public required long? Bandwidth { get; init; }
    public required int? SampleRate { get; init; }
    public required int? Channels { get; init; }
    public required string? Language { get; init; }
    public required DashPurpose Purpose { get; init; }

    /// <summary>Key frames alone, for winding forward and back.</summary>
    public required bool IsTrickMode { get; init; }
    public required bool IsProtected { get; init; }

    /// <summary>Addressing of its segments; null where the manifest says it in a way that is not understood.</summary>
    public required DashAddressing? Addressing { get; init; }

    public static DashRepresentation Of(XElement element, Uri url)
    {
        var levels = element.AncestorsAndSelf().Reverse().ToList();
        var set = element.Parent!;
        return new DashRepresentation
        {
            Id = element.Text("id"),
            SetId = set.Text("id"),
            Kind = KindOf(Near("contentType"), Near("mimeType"), Near("codecs")),
            Codecs = Near("codecs"),
            Width = element.Size("width") ?? set.Size("width"),
            Height = element.Size("height") ?? set.Size("height"),
            FramesPerSecond = RateOf(Near("frameRate")),
            Bandwidth = element.Whole("bandwidth") is > 0 and var rate ? rate : null,
            SampleRate = element.Size("audioSamplingRate") ?? set.Size("audioSamplingRate"),
            Channels = ChannelsOf(element) ?? ChannelsOf(set),
            Language = Near("lang"),
            Purpose = PurposeOf([element, set]),
            IsTrickMode = IsForTricks(set) || IsForTricks(element),
            IsProtected =
                levels.Exists(level => level.Elements().Any(IsProtection)) || element.Descendants().Any(IsProtection),
            Addressing = DashAddressing.Of(levels, url),
        };

        string? Near(string name) => element.Text(name) ?? set.Text(name) ?? ComponentOf(set)?.Text(name);
    }

    /// <summary>A set of one component may describe it there.</summary>
    private static XElement? ComponentOf(XElement set) =>
        set.Named("ContentComponent").ToList() is [var only] ? only : null;

    private static DashKind KindOf(string? content, string? mime, string? codecs) =>
        (content?.Trim(), mime?.Split('/')[0].Trim()) switch
        {
            ("video", _) or (_, "video") => DashKind.Video,
            ("audio", _) or (_, "audio") => DashKind.Audio,
            ("text", _) or (_, "text") => DashKind.Text,
            ("image", _) or (_, "image") => DashKind.Picture,
            _ when codecs is not null
                    && (
                        codecs.StartsWith("stpp", StringComparison.Ordinal)
                        || codecs.StartsWith("wvtt", StringComparison.Ordinal)
                    ) => DashKind.Text,
            (null, "application" or null) when codecs is null => DashKind.Other,
            _ when codecs is not null && codecs.StartsWith("mp4a", StringComparison.Ordinal) => DashKind.Audio,
            _ when codecs is not null => DashKind.Video,
            _ => DashKind.Other,
        };

    private static double? RateOf(string? text)
    {
        var parts = text?.Split('/') ?? [];
        return
            parts.Length is 1 or 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var frames)
            && double.TryParse(
                parts.ElementAtOrDefault(1) ?? "1",
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var seconds
            )
            && frames / seconds is > 0 and < 1000 and var rate
            ? rate
            : null;
    }

    private static int? ChannelsOf(XElement element) =>
        element
            .Named("AudioChannelConfiguration")
            .Where(one => one.Text("schemeIdUri") == "urn:mpeg:dash:23003:3:audio_channel_configuration:2011")
            .Select(one => one.Size("value"))
            .FirstOrDefault();

    private static DashPurpose PurposeOf(IReadOnlyList<XElement> levels)
    {
        var roles = levels
            .SelectMany(level => level.Descriptors("Role").Concat(level.Descriptors("Accessibility")))
            .Where(one => one.Scheme == Roles)
            .Select(one => one.Value)
            .ToList();
        // ETSI TS 103 285, table 5: 1 describes to who cannot see, 2 is clean for who hears badly.
        var isForFew = levels
            .SelectMany(level => level.Descriptors("Accessibility"))
            .Any(one => one.Scheme == AudioPurpose && one.Value is "1" or "2");
        return isForFew
            || roles.Exists(role =>
                role
                    is "description"
                        or "commentary"
                        or "enhanced-audio-intelligibility"
                        or "sign"
                        or "emergency"
                        or "karaoke"
            )
                ? DashPurpose.Aside
            : roles.Contains("main") ? DashPurpose.Main
            : roles.Exists(role => role is "dub" or "alternate" or "supplementary") ? DashPurpose.Alternate
            : DashPurpose.Unstated;
    }

    private static bool IsForTricks(XElement element) =>
        element
            .Descriptors("EssentialProperty")
            .Concat(element.Descriptors("SupplementalProperty"))
            .Any(one => one.Scheme.EndsWith("/trickmode", StringComparison.OrdinalIgnoreCase))
        || element.Text("codingDependency") is "false" && element.Text("maxPlayoutRate") is not null;

    private static bool IsProtection(XElement element) =>
        element.Name.LocalName.Equals("ContentProtection", StringComparison.OrdinalIgnoreCase)
        || element.Name.LocalName is "pssh" or "pro";
}

internal enum DashKind
{
    Video,
    Audio,
    Text,
    Picture,
    Other,
}

/// <summary>Audience of a stream, from best to worst where nobody chose.</summary>
internal enum DashPurpose
{
    Main,
    Unstated,
    Alternate,

    /// <summary>A description, a commentary: never the main thing.</summary>
    Aside,
}
