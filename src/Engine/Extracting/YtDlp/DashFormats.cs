using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Dash;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>
/// Formats of DASH manifests. The extractor lists and names them; what they are and where their segments lie is read from the manifest
/// itself: <c>docs/adr/0036</c>. Pure.
/// </summary>
internal static class DashFormats
{
    /// <summary>The extractor's preference for a language that is no better than the others.</summary>
    private const int AnyLanguage = -1;

    /// <param name="info">The medium as the extractor lists it.</param>
    /// <param name="described">Description by the extractor, with the manifests it came across.</param>
    /// <param name="requested">The page.</param>
    /// <param name="now">Time now, which tells a broadcast that has ended.</param>
    /// <exception cref="MediaException"><c>drm_protected</c>, <c>unsupported_url</c>.</exception>
    public static MediaInfo Complete(MediaInfo info, JsonElement described, Uri requested, DateTimeOffset now)
    {
        var manifests = described.Items("manifests").ToDictionary(one => one.Whole("number") ?? -1, Read);
        var found = info
            .Formats.Select(format => (Format: format, Entry: DashEntry.Of(format.Raw, manifests)))
            .ToList();
        var entries = found.Select(row => row.Entry).OfType<DashEntry>().ToList();
        if (entries.Count == 0)
        {
            return info;
        }
        var formats = found
            .Where(row => row.Entry is not { IsOffered: false })
            .Select(row => row.Entry is { } entry ? Describe(row.Format, entry) : row.Format)
            .ToList();
        if (formats.Count == 0)
        {
            throw entries.Exists(entry => entry.IsProtected) ? Protected(requested) : Unread(requested);
        }
        var growing = entries.Where(entry => entry.Manifest?.IsDynamic == true).ToList();
        var isLive = growing.Count > 0 ? growing.Exists(entry => !entry.Manifest!.HasEnded(now)) : info.IsLive;
        return info with
        {
            Formats = formats,
            IsLive = isLive,
            Duration = isLive ? null : info.Duration ?? LongestOf(formats),
        };
    }

    public static MediaException Protected(Uri requested) =>
        new(
            MediaError.DrmProtected,
            $"Everything at {requested.Host}{requested.AbsolutePath} is DRM protected, and protection is not circumvented."
        );

    private static MediaException Unread(Uri requested) =>
        new(MediaError.UnsupportedUrl, $"The DASH manifest at {requested.Host} has no stream that could be fetched.");

    private static DashManifest? Read(JsonElement manifest) =>
        manifest.WebUrl("url") is { } url && manifest.Field("text") is { ValueKind: JsonValueKind.String } text
            ? DashManifest.Read(text.GetString()!, url)
            : null;

    private static TimeSpan? LongestOf(IEnumerable<SourceFormat> formats) =>
        formats.Select(format => format.Dash is { Flaw: null } rendition ? rendition.Duration : null).Max();

    private static SourceFormat Describe(SourceFormat format, DashEntry entry)
    {
        var (rendition, one) = (entry.Rendition!, entry.Representation!);
        // A file is a file: it has ranges, and can be looked into.
        var file = rendition is { Parts: [{ IsFile: true } only], Flaw: null } ? only.Representation.Addressing : null;
        var isFile = file is { Bases.Count: 1 };
        var (isAudio, isVideo) = (one.Kind == DashKind.Audio, one.Kind == DashKind.Video);
        var isSilent = isVideo && entry.HasSoundApart && !format.CodecsKnown;
        return format with
        {
            Url = isFile ? file!.Bases[0] : format.Url,
            Protocol = isFile ? FetchProtocol.Http : FetchProtocol.Dash,
            Dash = isFile ? null : rendition,
            PeriodBegins = rendition.Parts is [var alone] ? alone.Representation.Addressing?.Beginning : null,
            VideoAbsent = format.VideoAbsent || isAudio,
            AudioAbsent = format.AudioAbsent || isSilent,
            Width = one.Width ?? format.Width,
            Height = one.Height ?? format.Height,
            FramesPerSecond = one.FramesPerSecond ?? format.FramesPerSecond,
            SampleRate = one.SampleRate ?? format.SampleRate,
            Channels = one.Channels ?? format.Channels,
            LanguagePreference = isAudio ? PreferenceOf(format, entry) : format.LanguagePreference,
        };
    }

    /// <summary>A site's own word goes before, but for what is made for a few.</summary>
    private static int PreferenceOf(SourceFormat format, DashEntry entry) =>
        entry.Representation!.Purpose switch
        {
            DashPurpose.Aside => -10,
            _ when format.LanguagePreference is { } stated => stated,
            DashPurpose.Main => 10,
            DashPurpose.Unstated when entry.IsFirstSound => 5,
            _ => AnyLanguage,
        };
}
