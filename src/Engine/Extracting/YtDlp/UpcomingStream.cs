namespace Decant.Engine.Extracting.YtDlp;

/// <summary>A page's description of a live stream that has yet to begin.</summary>
/// <param name="Id">The platform's identifier.</param>
/// <param name="Title">Title of the stream.</param>
/// <param name="ExtractorKey">Key of the extractor that knows it.</param>
internal sealed record UpcomingStream(string? Id, string? Title, string? ExtractorKey);
