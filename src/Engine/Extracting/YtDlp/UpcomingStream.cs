namespace Decant.Engine.Extracting.YtDlp;

/// <summary>A page's description of a live stream that has yet to begin.</summary>
/// <param name="Id">The platform's identifier.</param>
/// <param name="Title">What it is called.</param>
/// <param name="ExtractorKey">Who knows it.</param>
internal sealed record UpcomingStream(string? Id, string? Title, string? ExtractorKey);
