using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Egress;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests.Fetching.Dash;

/// <summary>Twelve seconds in which the picture flashes whenever the sound beeps, in segments of DASH and in single files; made once.</summary>
public sealed class DashMaterial : IAsyncLifetime
{
    /// <summary>Times of its flashes and beeps.</summary>
    public static readonly double[] Moments = [1.2, 3.4, 5.3, 7.6, 9.8];

    /// <summary>Path below which the later segments take so long that whoever can begins before they are there.</summary>
    private const string Slow = "/slow/";

    private readonly string _directory = Directory.CreateTempSubdirectory("decant-dash-").FullName;
    private Origin? _origin;

    public async ValueTask InitializeAsync()
    {
        var now = string.Join('+', Moments.Select(at => FormattableString.Invariant($"between(t,{at},{at + 0.2})")));
        await RunAsync([
            .. "-f lavfi -i color=c=black:s=160x90:r=50:d=12 -f lavfi -i".Split(' '),
            $"aevalsrc='0.5*sin(2*PI*1000*t)*({now})':s=48000:d=12",
            "-vf",
            $"drawbox=c=white:t=fill:enable='{now}'",
            .. "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 50 -keyint_min 50 -sc_threshold 0 -bf 0 -c:a aac -b:a 96k all.mp4".Split(
                ' '
            ),
        ]);
        await SegmentAsync("v", "0:v", seconds: 1, clock: 0);
        await SegmentAsync("a", "0:a", seconds: 2, clock: 0);
        // As broadcasts have it: a clock that began long before.
        await SegmentAsync("w", "0:v", seconds: 1, clock: 100);
        await SegmentAsync("b", "0:a", seconds: 2, clock: 100);
        await FileAsync("video", "0:v");
        await FileAsync("sound", "0:a");
        _origin = await ServedFolder.StartAsync(_directory, BeforeAnswer);
    }

    /// <summary>Serves a manifest.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> ServeAsync(string name, string manifest, bool slowly = false)
    {
        await WriteAsync($"{name}.mpd", manifest);
        return new Uri(_origin!.Url, $"{(slowly ? Slow : "/")}{name}.mpd");
    }

    /// <summary>Puts a file beside the manifests.</summary>
    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_directory, name), text);

    public async ValueTask DisposeAsync()
    {
        if (_origin is not null)
            await _origin.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static TimeSpan BeforeAnswer(string path) =>
        path.StartsWith(Slow, StringComparison.Ordinal)
        && int.TryParse(Path.GetFileNameWithoutExtension(path).Split('-')[^1], out var number)
        && number > 4
            ? TimeSpan.FromSeconds(1)
            : TimeSpan.Zero;

    private Task SegmentAsync(string name, string stream, int seconds, int clock) =>
        RunAsync(
            (
                $"-i all.mp4 -map {stream} -c copy -output_ts_offset {clock} -f dash -seg_duration {seconds} -use_timeline 0"
                + $" -init_seg_name {name}-init.m4s -media_seg_name {name}-$Number$.m4s {name}.list"
            ).Split(' ')
        );

    private Task FileAsync(string name, string stream) =>
        RunAsync(
            $"-i all.mp4 -map {stream} -c copy -movflags frag_keyframe+empty_moov+delay_moov+default_base_moof+global_sidx -frag_duration 1000000 {name}.mp4".Split(
                ' '
            )
        );

    private Task RunAsync(string[] arguments) => MediaFiles.FfmpegAsync(_directory, arguments);
}
