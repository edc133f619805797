using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Decant.Server.Tests.Jobs;

/// <summary>What ffprobe says of bytes that were downloaded.</summary>
internal sealed record Probe(string Format, double Seconds, IReadOnlyList<string> Streams)
{
    public static async Task<Probe> ReadAsync(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes);
            var start = new ProcessStartInfo(
                "ffprobe",
                ["-v", "error", "-of", "json", "-show_format", "-show_streams", path]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using var ffprobe = Process.Start(start)!;
            var found = await JsonNode.ParseAsync(ffprobe.StandardOutput.BaseStream);
            await ffprobe.WaitForExitAsync();
            Assert.Equal(0, ffprobe.ExitCode);
            var format = found!["format"]!;
            return new Probe(
                format.Text("format_name"),
                double.Parse(format.Text("duration"), CultureInfo.InvariantCulture),
                [.. found["streams"]!.AsArray().Select(stream => Describe(stream!))]
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Describe(JsonNode stream) =>
        stream["width"] is { } width
            ? $"{stream.Text("codec_name")} {width}x{stream.Number("height")}"
            : stream.Text("codec_name");
}
