namespace Decant.Lab.Media;

/// <summary>Plain files of the origin, one for each kind of container and codec; twelve seconds unless the name says otherwise.</summary>
internal static class FileRecipes
{
    private const string MoovFirst = "-movflags +faststart";
    private const string Aac = SourceRecipes.Aac;
    private const string Opus = SourceRecipes.Opus;
    private static readonly string P720 = SourceRecipes.H264Name("1280x720");
    private static readonly string P360 = SourceRecipes.H264Name("640x360");
    private static readonly string P144 = SourceRecipes.H264Name("256x144");
    private static readonly string Vertical = SourceRecipes.H264Name("720x1280");
    private static readonly string Vp9 = SourceRecipes.Vp9Name("640x360");

    public static IEnumerable<MediaRecipe> All() =>
        [
            // The benchmark's file: 10 s, 720p, about 2.7 MB.
            MediaRecipe.Ffmpeg(
                "small.mp4",
                [],
                "-f lavfi -i testsrc2=s=1280x720:r=25:d=10 -f lavfi -i sine=frequency=440:duration=10"
                    + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -b:v 2050k -maxrate 2200k -bufsize 1000k -g 50"
                    + " -c:a aac -b:a 96k -movflags +faststart {out}"
            ),
            MediaRecipe.Ffmpeg("moov-last.mp4", ["small.mp4"], "-i {small.mp4} -c copy {out}"),
            MediaRecipe.Ffmpeg("small.mkv", ["small.mp4"], "-i {small.mp4} -c copy {out}"),
            MediaRecipe.Copy("low.mp4", [P360, Aac], 12, MoovFirst),
            MediaRecipe.Copy("vertical.mp4", [Vertical, Aac], 12, MoovFirst),
            MediaRecipe.Copy("video-only.mp4", [P720], 12, MoovFirst),
            MediaRecipe.Copy("video-only.webm", [Vp9], 12),
            MediaRecipe.Copy("vp9-opus.webm", [Vp9, Opus], 12),
            MediaRecipe.Copy("audio.m4a", [Aac], 12, MoovFirst),
            MediaRecipe.Copy("audio.webm", [Opus], 12),
            MediaRecipe.Copy("audio.opus", [Opus], 12),
            Sound("audio.ogg", "-c:a libvorbis -q:a 4"),
            Sound("audio.mp3", "-c:a libmp3lame -b:a 128k"),
            Sound("audio.wav", "-c:a pcm_s16le"),
            Sound("audio.flac", "-c:a flac"),
            MediaRecipe.Copy("minute.mp4", [P360, Aac], 61, MoovFirst),
            MediaRecipe.Ffmpeg("minute.mkv", ["minute.mp4"], "-i {minute.mp4} -c copy {out}") with
            {
                IsQuick = true,
            },
            // Three minutes that say of themselves how large they are, and not how long.
            MediaRecipe.Copy("unsaid.mkv", [Aac], 180, "-f matroska -live 1"),
            MediaRecipe.Copy("eleven-minutes.mp4", [P144, Aac], 660, MoovFirst),
            MediaRecipe.Copy("podcast.m4a", [Aac], 7200, MoovFirst),
        ];

    private static MediaRecipe Sound(string name, string codec) =>
        MediaRecipe.Ffmpeg(name, [Aac], $"-i {{{Aac}}} -t 12 {codec} {{out}}");
}
