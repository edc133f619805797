using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>A validated request in the engine's terms; <see cref="OutputRequest.Parse"/> makes it from the words of the API.</summary>
public sealed partial record OutputRequest
{
    /// <summary>The container to deliver.</summary>
    public required Container Container { get; init; }
    public required Quality Quality { get; init; }

    /// <summary>The container follows the source's sound: <see cref="For"/> settles it.</summary>
    public bool FollowsSource { get; init; }

    /// <summary>Leave the picture out.</summary>
    public bool AudioOnly { get; init; }
    public FormatSelector Selector { get; init; } = FormatSelector.Best;

    /// <summary>Codec to force, in ffmpeg's words; null lets the planner choose.</summary>
    public string? VideoCodec { get; init; }
    public string? AudioCodec { get; init; }

    /// <summary>The part to deliver; null for the whole.</summary>
    public Clip? Clip { get; init; }

    /// <summary>BCP 47 language of the sound to take; null takes the original.</summary>
    public string? AudioLanguage { get; init; }

    /// <summary>Integrated loudness to bring the sound to (LUFS, EBU R128); null leaves it as it is.</summary>
    public double? Loudness { get; init; }

    /// <summary>Subtitles to deliver; null for none.</summary>
    public SubtitleWish? Subtitles { get; init; }

    /// <summary>Treatment of a picture of high dynamic range.</summary>
    internal DynamicRange DynamicRange { get; init; }

    /// <summary>Deliver a JPEG of the thumbnail beside the medium.</summary>
    public bool IncludeThumbnail { get; init; }

    /// <summary>Title to write into the file's tags in place of the source's.</summary>
    public string? Title { get; init; }

    /// <returns>The same request of this source, with a container that is settled.</returns>
    public OutputRequest For(MediaInfo info) =>
        FollowsSource
            ? this with
            {
                FollowsSource = false,
                Container = SourceSound.ContainerFor(this with { FollowsSource = false }, info),
            }
            : this;
}
