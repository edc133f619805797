using System.Runtime.InteropServices;
using Decant.Engine.Children;
using Decant.Engine.Converting;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Converting.Mp3Parts;

/// <summary>Sounds long enough to be encoded in parts, and the ways they are made and read.</summary>
internal static class LongSounds
{
    /// <summary>As many joints as there are cores, and more, and an end in the middle of a frame.</summary>
    private const string Length = "72.34567";

    /// <summary>Tones that glide, bursts and noise: what is stationary would hide a seam.</summary>
    public static Task<string> SourceAsync(this MediaFiles files, int rate, int channels)
    {
        const string Left = "0.3*sin(2*PI*(200+30*t)*t)+0.2*sin(2*PI*1234*t)*lt(mod(t,0.5),0.1)+0.05*random(0)";
        const string Right = "0.3*sin(2*PI*(300+20*t)*t)+0.05*random(1)";
        var expression = string.Join('|', new[] { Left, Right, Left }.Take(channels));
        return files.MakeAsync(
            $"source-{rate}-{channels}.wav",
            "-f",
            "lavfi",
            "-i",
            $"aevalsrc='{expression}':s={rate}:d={Length}",
            "-c:a",
            "pcm_f32le"
        );
    }

    /// <summary>As one ffmpeg does it. Without the reservoir, too: what that is worth is no matter of seams (ADR 0016).</summary>
    public static Task<string> EncodeInOnePassAsync(this MediaFiles files, string source, string quality) =>
        files.MakeAsync(
            $"{Path.GetFileNameWithoutExtension(source)}-{quality}.mp3",
            [
                "-i",
                source,
                "-c:a",
                "libmp3lame",
                "-reservoir",
                "0",
                "-b:a",
                quality.Replace("bps", "", StringComparison.Ordinal),
            ]
        );

    public static async Task<string> ConvertAsync(
        this MediaFiles files,
        string source,
        OutputRequest request,
        long maxBytes = 1L << 30,
        IProgress<TimeSpan>? progress = null,
        string ffmpeg = "/usr/bin/ffmpeg",
        CancellationToken? cancellationToken = null
    )
    {
        var stop = cancellationToken ?? TestContext.Current.CancellationToken;
        var options = new EngineOptions { MaxBytes = maxBytes, FfmpegPath = ffmpeg };
        var probe = await new Ffprobe(options, TimeProvider.System, NullLogger<Ffprobe>.Instance).ProbeAsync(
            source,
            stop
        );
        var plan = ConversionPlanner.Plan(Planner.Plan(Conversions.Unknown, request), [probe]);
        var directory = files.NewDirectory();
        var output = Path.Combine(directory, "unverified");
        await new Ffmpeg(options, NullLogger<Ffmpeg>.Instance).ConvertAsync(
            plan,
            [source],
            null,
            [],
            output,
            progress ?? new DirectProgress<TimeSpan>(_ => { }),
            stop
        );
        Assert.Equal([output], Directory.GetFiles(directory));
        return output;
    }

    public static async Task<float[]> SamplesAsync(this MediaFiles files, string path, params string[] shape)
    {
        var samples = Path.Combine(files.NewDirectory(), "samples");
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                ["-v", "error", "-nostdin", "-i", path, .. shape, "-f", "f32le", samples]
            )
            {
                Access = null,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        var bytes = await File.ReadAllBytesAsync(samples, TestContext.Current.CancellationToken);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }
}
