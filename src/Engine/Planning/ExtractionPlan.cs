using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Extraction plan: the formats to fetch and their treatment. Made without any I/O, so that it can be shown, priced and tested.</summary>
public sealed record ExtractionPlan
{
    public required MediaInfo Info { get; init; }
    public required OutputRequest Request { get; init; }

    /// <summary>The formats to fetch: one, or a video and an audio one to be merged.</summary>
    public required IReadOnlyList<SourceFormat> Sources { get; init; }

    /// <summary>The subtitles to fetch, one for each language that was asked for.</summary>
    public IReadOnlyList<SourceSubtitle> Subtitles { get; init; } = [];

    /// <summary>Bytes that fetching will take, where the site says so.</summary>
    public long? EstimatedFetchBytes { get; init; }
}
