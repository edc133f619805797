namespace Decant.Lab.Media;

/// <summary>
/// What the platforms serve: one clip of each length at every height and codec, audio and video apart as their CDNs keep them.
/// <c>clip-12-1080p.mp4</c> is twelve seconds of H.264 without sound.
/// </summary>
internal static class ClipRecipes
{
    /// <summary>Seconds of an ordinary emulated video.</summary>
    public static IReadOnlyList<int> Ordinary { get; } = [12, 15, 18];

    public const int Minute = 61;
    public const int Long = 660;

    // Separate streams are fragmented with an index in front, as DASH wants them and as the platforms' CDNs serve them.
    private const string Indexed = "-movflags +frag_keyframe+empty_moov+default_base_moof+dash+global_sidx";

    private static readonly (string Label, string Size)[] Wide =
    [
        ("1080p", "1920x1080"),
        ("720p", "1280x720"),
        ("480p", "854x480"),
        ("360p", "640x360"),
        ("240p", "426x240"),
        ("144p", "256x144"),
    ];

    public static string Name(int seconds, string rendition) => $"clip-{seconds}-{rendition}";

    public static IEnumerable<MediaRecipe> All() => [.. Ordinary.Append(Minute).Append(Long).SelectMany(Renditions)];

    private static IEnumerable<MediaRecipe> Renditions(int seconds)
    {
        foreach (var (label, size) in Wide)
        {
            yield return Clip(seconds, $"{label}.mp4", Indexed, SourceRecipes.H264Name(size));
        }

        foreach (var (label, size) in Wide.Where(wide => wide.Label is "1080p" or "720p" or "360p"))
        {
            yield return Clip(seconds, $"{label}.webm", "", SourceRecipes.Vp9Name(size));
        }

        foreach (var (label, size) in Wide.Where(wide => wide.Label is "1080p" or "720p" or "360p"))
        {
            yield return Clip(seconds, $"{label}-vp9.mp4", Indexed, SourceRecipes.Vp9Name(size));
        }

        yield return Clip(seconds, "audio.m4a", Indexed, SourceRecipes.Aac);
        yield return Clip(seconds, "audio.webm", "", SourceRecipes.Opus);
        yield return Clip(seconds, "audio.opus", "", SourceRecipes.Opus);
        yield return Whole(seconds, "progressive.mp4", "640x360");
        yield return Whole(seconds, "progressive-720p.mp4", "1280x720");
        yield return Whole(seconds, "vertical-720p.mp4", "720x1280");
        yield return Whole(seconds, "vertical-540p.mp4", "576x1024");
        yield return Clip(seconds, "vertical-720p-silent.mp4", Indexed, SourceRecipes.H264Name("720x1280"));
        yield return Clip(seconds, "vertical-540p-silent.mp4", Indexed, SourceRecipes.H264Name("576x1024"));
        var music = Name(seconds, "audio.m4a");
        yield return MediaRecipe.Ffmpeg(
            Name(seconds, "music.mp3"),
            [music],
            $"-i {{{music}}} -c:a libmp3lame -b:a 128k {{out}}"
        );
    }

    private static MediaRecipe Whole(int seconds, string rendition, string size) =>
        Clip(seconds, rendition, "-movflags +faststart", SourceRecipes.H264Name(size), SourceRecipes.Aac);

    private static MediaRecipe Clip(int seconds, string rendition, string options, params string[] sources) =>
        MediaRecipe.Copy(Name(seconds, rendition), sources, seconds, options);
}
