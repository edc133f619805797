namespace Decant.Lab.Media;

/// <summary>DASH: a static manifest with video at two heights and audio apart.</summary>
internal static class DashRecipes
{
    private const string Aac = SourceRecipes.Aac;
    private static readonly string P360 = SourceRecipes.H264Name("640x360");
    private static readonly string P720 = SourceRecipes.H264Name("1280x720");

    public static IEnumerable<MediaRecipe> All() =>
        [
            MediaRecipe.Ffmpeg(
                "dash",
                [P360, P720, Aac],
                [
                    .. $"-i {{{P360}}} -i {{{P720}}} -i {{{Aac}}} -map 0:v -map 1:v -map 2:a -t 12 -c copy".Split(' '),
                    .. "-f dash -seg_duration 2 -use_template 1 -use_timeline 1 -adaptation_sets".Split(' '),
                    "id=0,streams=v id=1,streams=a",
                    "{out}/manifest.mpd",
                ]
            ) with
            {
                Entry = "manifest.mpd",
            },
        ];
}
