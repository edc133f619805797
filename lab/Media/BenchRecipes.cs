namespace Decant.Lab.Media;

/// <summary>What the benchmark fetches: one film of two and of ten minutes as a plain file, as sound alone, in HLS and in DASH.</summary>
internal static class BenchRecipes
{
    private const string Aac = SourceRecipes.Aac;
    private const string SixSeconds = "-hls_time 6";
    private static readonly string P1080 = SourceRecipes.H264Name("1920x1080");
    private static readonly string P720 = SourceRecipes.H264Name("1280x720");

    public static IEnumerable<MediaRecipe> All() => [.. Films(120), .. Films(600)];

    private static IEnumerable<MediaRecipe> Films(int seconds) =>
        [
            MediaRecipe.Copy($"film-{seconds}.mp4", [P1080, Aac], seconds, "-movflags +faststart"),
            MediaRecipe.Copy($"film-{seconds}.m4a", [Aac], seconds, "-movflags +faststart"),
            HlsRecipes.Playlist($"film-{seconds}-hls", [P720, Aac], seconds, SixSeconds),
            HlsRecipes.Encrypted($"film-{seconds}-aes", [P1080, Aac], seconds, SixSeconds),
            MediaRecipe.Copy(
                $"film-{seconds}-dash",
                [P1080, Aac],
                seconds,
                "-f dash -seg_duration 6 -use_template 1 -use_timeline 1 -map 0:v -map 1:a",
                "{out}/manifest.mpd"
            ) with
            {
                Entry = "manifest.mpd",
            },
        ];
}
