using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Server.Billing;
using Decant.Server.Jobs.Requests;

namespace Decant.Server.Jobs.Intake;

/// <summary>A download that was read and found free of contradictions; nothing has been looked up yet.</summary>
/// <param name="Address">The page's URL as it was given, which is how the job shows it.</param>
/// <param name="Url">The same, ready to be looked up.</param>
/// <param name="Words">The request's own words.</param>
/// <param name="Output">The same in the engine's terms; null for a thumbnail alone.</param>
/// <param name="Entries">Entries to take, should the page be a list.</param>
/// <param name="Recording">Length and beginning of a recording, should the medium be a live stream; null for a thumbnail alone.</param>
internal sealed record Download(
    string Address,
    Uri Url,
    JobRequest Words,
    OutputRequest? Output,
    EntryPick Entries,
    RecordingWish? Recording
)
{
    /// <summary>Format of a thumbnail.</summary>
    public const string ThumbnailFormat = "jpg";

    public JobKind Kind => Output is null ? JobKind.Thumbnail : JobKind.Medium;

    public string Format => Output?.Container.Name ?? ThumbnailFormat;

    /// <summary>The same download of this medium: where the container follows the source, it is settled here and written down.</summary>
    public Download For(MediaInfo info) =>
        Output is { FollowsSource: true } open
            ? this with
            {
                Output = open.For(info),
                Words = Words with { Format = open.For(info).Container.Name },
            }
            : this;

    /// <summary>Length of what is delivered of a medium, as far as anybody knows.</summary>
    public TimeSpan? LengthOf(MediaInfo info) =>
        Output?.Clip is { } clip ? clip.LengthOf(info.Duration) : info.Duration;
}

/// <summary>A medium that was looked up, may be had and has its price: all that a job needs.</summary>
/// <param name="Download">The request, with the medium's own URL.</param>
/// <param name="Info">Description of the medium.</param>
/// <param name="Price">Price of the job.</param>
internal sealed record FoundMedium(Download Download, MediaInfo Info, Price Price)
{
    /// <summary>Place of the medium in the list it was found in, from 1.</summary>
    public int? PlaylistIndex { get; init; }

    /// <summary>Title of that list.</summary>
    public string? PlaylistTitle { get; init; }

    /// <summary>The live stream has yet to begin.</summary>
    public bool IsUpcoming { get; init; }

    /// <summary>Beginning of a live stream, where it is known.</summary>
    public DateTimeOffset? StartsAt { get; init; }
}
