namespace Decant.Lab.Media;

/// <summary>What is really encoded: twenty seconds at every height, from which all clips are copied in a fraction of a second.</summary>
internal static class SourceRecipes
{
    public const string Aac = "source-aac.m4a";
    public const string Opus = "source-opus.webm";

    // A keyframe a second, so that copies may be cut at any whole second.
    private const string Gop = "25";

    public static IEnumerable<MediaRecipe> All() =>
        [
            H264("1920x1080", "2500k"),
            H264("1280x720", "1500k"),
            H264("854x480", "800k"),
            H264("640x360", "400k"),
            H264("426x240", "200k"),
            H264("256x144", "60k"),
            H264("720x1280", "1500k"),
            H264("576x1024", "800k"),
            Vp9("1920x1080", "1600k"),
            Vp9("1280x720", "900k"),
            Vp9("640x360", "250k"),
            Audio(Aac, "-c:a aac -b:a 128k"),
            Audio(Opus, "-c:a libopus -b:a 96k"),
        ];

    public static string H264Name(string size) => $"source-h264-{size}.mp4";

    public static string Vp9Name(string size) => $"source-vp9-{size}.webm";

    private static MediaRecipe H264(string size, string rate) =>
        MediaRecipe.Ffmpeg(
            H264Name(size),
            [],
            $"-f lavfi -i testsrc2=s={size}:r=25:d=20 -c:v libx264 -preset ultrafast -pix_fmt yuv420p"
                + $" -b:v {rate} -maxrate {rate} -bufsize {rate} -g {Gop} -keyint_min {Gop} -sc_threshold 0"
                + " -movflags +faststart {out}"
        );

    private static MediaRecipe Vp9(string size, string rate) =>
        MediaRecipe.Ffmpeg(
            Vp9Name(size),
            [],
            $"-f lavfi -i testsrc2=s={size}:r=25:d=20 -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -row-mt 1"
                + $" -b:v {rate} -pix_fmt yuv420p -g {Gop} {{out}}"
        );

    // A tone with a beep each second: cheap, and a seam or a gap in it can be heard and measured.
    private static MediaRecipe Audio(string name, string codec) =>
        MediaRecipe.Ffmpeg(
            name,
            [],
            $"-f lavfi -i sine=frequency=330:beep_factor=4:sample_rate=48000:duration=20 -ac 2 {codec} {{out}}"
        );
}
