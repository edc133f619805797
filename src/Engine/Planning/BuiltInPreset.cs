namespace Decant.Engine.Planning;

/// <summary>A choice of file that everybody has under a name, in a request's words.</summary>
/// <param name="Name">Name of the preset.</param>
/// <param name="Format">The kind of file.</param>
/// <param name="Quality">The quality.</param>
public sealed record BuiltInPreset(string Name, string Format, string Quality)
{
    /// <summary>Codec of the picture; null leaves it to the planner.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Codec of the sound; null leaves it to the planner.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>The presets as they are offered: best video, 1080p, plays everywhere, small, MP3, the sound as it is.</summary>
    public static readonly IReadOnlyList<BuiltInPreset> All =
    [
        new("best", "mp4", "best"),
        new("1080p", "mp4", "1080p"),
        new("everywhere", "mp4", "1080p") { VideoCodec = "h264", AudioCodec = "aac" },
        new("small", "mp4", "480p"),
        new("mp3", "mp3", "best"),
        new("sound", SourceSound.Name, "best"),
    ];

    /// <summary>The names, for messages.</summary>
    public static string Names => string.Join(", ", All.Select(preset => preset.Name));

    /// <returns>Null for any other name; upper case or lower does not matter.</returns>
    public static BuiltInPreset? Find(string name) =>
        All.FirstOrDefault(preset => preset.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
}
