using System.Text.Json;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The extractor's record of a subtitle as a <see cref="SourceSubtitle"/>.</summary>
internal static class SubtitleMapping
{
    /// <returns>Null for what has no address, or is filed under something that is no language tag.</returns>
    public static SourceSubtitle? Map(JsonElement raw)
    {
        if (raw.WebUrl("url") is not { } url || LanguageTag.TryRead(raw.Text("language")) is not { } language)
        {
            return null;
        }

        return new SourceSubtitle(
            language,
            raw.Flag("automatic"),
            new SourceFormat
            {
                Id = $"subtitles-{language}",
                Url = url,
                Protocol = ProtocolOf(raw, url),
                Extension = raw.Text("ext") ?? "vtt",
                Headers = FormatMapping.HeadersOf(raw),
                Raw = raw,
            }
        )
        {
            Name = raw.Text("name"),
        };
    }

    /// <summary>Extractors name the protocol of a stream; of a plain file they say nothing.</summary>
    private static FetchProtocol ProtocolOf(JsonElement raw, Uri url) =>
        raw.Text("protocol") is not null ? FormatMapping.ProtocolOf(raw)
        : url.AbsolutePath.EndsWith(".m3u8", StringComparison.OrdinalIgnoreCase) ? FetchProtocol.Hls
        : FetchProtocol.Http;
}
