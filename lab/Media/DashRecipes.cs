namespace Decant.Lab.Media;

/// <summary>DASH: a static manifest with video at two heights and audio apart.</summary>
internal static class DashRecipes
{
    private const string Aac = SourceRecipes.Aac;
    private static readonly string P360 = SourceRecipes.H264Name("640x360");
    private static readonly string P720 = SourceRecipes.H264Name("1280x720");

    public static IEnumerable<MediaRecipe> All() =>
        [Static("dash", [P360, P720, Aac], "-map 0:v -map 1:v -map 2:a", 12, 2, loop: false)];

    /// <param name="name">Name in the catalogue.</param>
    /// <param name="needs">Pictures, then the sound.</param>
    /// <param name="maps">All pictures before the sound.</param>
    /// <param name="seconds">Of the whole.</param>
    /// <param name="segment">Seconds of a segment.</param>
    /// <param name="loop">Tell the sources again and again until the length is reached.</param>
    public static MediaRecipe Static(string name, string[] needs, string maps, int seconds, int segment, bool loop)
    {
        var inputs = string.Join(' ', needs.Select(need => (loop ? "-stream_loop -1 " : "") + $"-i {{{need}}}"));
        return MediaRecipe.Ffmpeg(
            name,
            needs,
            [
                .. $"{inputs} {maps} -t {seconds} -c copy".Split(' '),
                .. $"-f dash -seg_duration {segment} -use_template 1 -use_timeline 1 -adaptation_sets".Split(' '),
                "id=0,streams=v id=1,streams=a",
                "{out}/manifest.mpd",
            ]
        ) with
        {
            Entry = "manifest.mpd",
            IsQuick = loop,
        };
    }
}
