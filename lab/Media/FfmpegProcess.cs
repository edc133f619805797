using System.Diagnostics;

namespace Decant.Lab.Media;

/// <summary>Runs ffmpeg and ffprobe on files the lab made itself.</summary>
internal static class FfmpegProcess
{
    // A page that needs eleven renditions at once must not bring the machine down with eleven encoders.
    private static readonly SemaphoreSlim Slots = new(Environment.ProcessorCount);

    public static Task RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        OutputAsync("ffmpeg", ["-nostdin", "-hide_banner", "-v", "error", "-y", .. arguments], cancellationToken);

    public static Task<string> ProbeAsync(string path, CancellationToken cancellationToken) =>
        OutputAsync(
            "ffprobe",
            ["-v", "error", "-allowed_extensions", "ALL", "-show_format", "-show_streams", "-of", "json", path],
            cancellationToken
        );

    private static async Task<string> OutputAsync(
        string program,
        string[] arguments,
        CancellationToken cancellationToken
    )
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        await Slots.WaitAsync(cancellationToken);
        try
        {
            process.Start();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            // A terminal's Ctrl-C reaches ffmpeg too, which then fails before the token tells us why.
            cancellationToken.ThrowIfCancellationRequested();
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException(
                    $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors}"
                );
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        finally
        {
            Slots.Release();
        }
    }
}
