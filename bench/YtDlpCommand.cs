namespace Decant.Bench;

/// <summary>The peer: the <c>yt-dlp</c> command, with nothing of the user's own set-up.</summary>
internal sealed class YtDlpCommand(Uri medium, string format) : IContestant
{
    public async Task<string> GetAsync(string folder, CancellationToken cancellationToken)
    {
        string[] conversion = format == "mp3" ? ["--extract-audio", "--audio-format", "mp3"] : [];
        await Command.RunAsync(
            "/usr/bin/yt-dlp",
            [
                "--ignore-config",
                "--no-cache-dir",
                "--quiet",
                "-P",
                folder,
                "-o",
                "medium.%(ext)s",
                .. conversion,
                medium.ToString(),
            ],
            cancellationToken
        );
        return Path.Combine(folder, $"medium.{format}");
    }
}
