using Decant.Lab;

namespace Decant.Bench.Media;

/// <summary>The peer: the <c>yt-dlp</c> command, with nothing of the user's own set-up.</summary>
/// <param name="tuned">True to use it as those do who know it: eight fragments side by side, and aria2c with eight connections for plain files, where it is installed.</param>
/// <param name="lab">The internet it sees, where platforms are asked for.</param>
internal sealed class YtDlpCommand(bool tuned, LabInternet? lab = null) : IContestant
{
    private const string Aria2 = "/usr/bin/aria2c";

    public string Name => tuned ? $"yt-dlp, tuned{(File.Exists(Aria2) ? "" : " (no aria2c here)")}" : "yt-dlp";

    public bool Takes(Work work) => !tuned || work.IsSegmented || File.Exists(Aria2);

    public async Task<IReadOnlyList<string>> GetAsync(
        Work work,
        IReadOnlyList<Uri> media,
        string folder,
        CancellationToken cancellationToken
    )
    {
        string[] quality = work.Quality is { } asked
            ? ["--audio-quality", asked.Replace("bps", "").ToUpperInvariant()]
            : [];
        string[] conversion = work.IsAudio ? ["--extract-audio", "--audio-format", work.Format, .. quality] : [];
        await Command.RunAsync(
            "/usr/bin/yt-dlp",
            [
                "--ignore-config",
                "--no-cache-dir",
                "--quiet",
                "--no-warnings",
                .. tuned ? Tuning(work) : [],
                .. lab is null ? [] : Platform(lab, work),
                "-P",
                folder,
                "-o",
                "medium-%(autonumber)s.%(ext)s",
                .. conversion,
                .. media.Select(medium => medium.ToString()),
            ],
            cancellationToken
        );
        return Directory.GetFiles(folder);
    }

    /// <summary>It takes the streams that the others take; without, it would take smaller ones.</summary>
    private static string[] Platform(LabInternet lab, Work work) =>
        [
            "--proxy",
            lab.Proxy.ToString(),
            "--no-check-certificates",
            .. work.IsAudio ? (string[])[] : ["-S", "vcodec:h264,acodec:aac", "--merge-output-format", "mp4"],
        ];

    private static string[] Tuning(Work work) =>
        work.IsSegmented ? ["-N", "8"] : ["--downloader", Aria2, "--downloader-args", "aria2c:-x8 -s8 -k1M"];
}
