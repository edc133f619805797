using System.Diagnostics;
using System.Text.Json;
using Decant.Lab.Media;
using Microsoft.AspNetCore.Connections;

namespace Decant.Lab;

/// <summary>The lab as a program: makes what the examples need, says where everything is, and stays until it is told to stop.</summary>
internal static class LabProgram
{
    public const string SampleVideo = "jNQXAC9IVRw";

    private static readonly string[] Essential =
    [
        "small.mp4",
        "hls-ts",
        .. Platforms.YouTube.Itag.ClipsOf(SampleVideo),
        PictureRecipes.Name("1280x720", "webp"),
    ];

    public static async Task<int> RunAsync(
        LabOptions options,
        string? readyFile,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        LabInternet lab;
        try
        {
            lab = await LabInternet.StartAsync(options, cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await output.WriteLineAsync($"{exception.Message} Choose others with --port and --proxy-port.");
            return 1;
        }

        await using (lab)
        {
            await StayAsync(lab, readyFile, output, cancellationToken);
        }

        return 0;
    }

    /// <summary>Makes what has to be encoded and is not there yet. A test that is the first to ask would else wait for ffmpeg with the clock of its own deadline running.</summary>
    public static async Task<int> MakeSlowAsync(
        LabOptions options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var media = new MediaCatalogue(options.Directory);
        await MakeAsync(media, media.SlowNames, output, cancellationToken);
        return 0;
    }

    private static async Task StayAsync(
        LabInternet lab,
        string? readyFile,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await MakeAsync(lab.Media, Essential, output, cancellationToken);
            await output.WriteAsync(Greeting(lab));
            if (readyFile is not null)
            {
                await AnnounceAsync(lab, readyFile, cancellationToken);
            }

            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await output.WriteLineAsync("The lab stops.");
        }
    }

    private static async Task MakeAsync(
        MediaCatalogue media,
        IEnumerable<string> names,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        foreach (var name in names.Where(name => !media.IsMade(name)))
        {
            await output.WriteAsync($"Making {name} … ");
            var watch = Stopwatch.StartNew();
            var made = await media.GetAsync(name, cancellationToken);
            await output.WriteLineAsync($"{made.Length:N0} bytes, {watch.Elapsed.TotalSeconds:0.0} s");
        }
    }

    private static string Greeting(LabInternet lab) =>
        $"""

            The lab's media origin: {lab.Origin}
            Its forward proxy:      {lab.Proxy}
            Its authority (PEM):    {lab.CaFile}

            Straight from the origin:
              {lab.Origin}media/small.mp4
              {lab.Origin}media/hls-ts/master.m3u8
              {lab.Origin}page/video
            Through the proxy, as if there were an internet:
              https://www.youtube.com/watch?v={SampleVideo}
              https://www.youtube.com/playlist?list=PLdecant-lab-few-5
              https://www.tiktok.com/@decantlab/video/7123456789012345678
              {lab.PublicOrigin}media/small.mp4

            To point Decant at it:
              Egress__Proxy={lab.Proxy.GetLeftPart(UriPartial.Authority)} Egress__CaFile={lab.CaFile}
            and, for the origin's own address:
              Egress__AllowedNetworks__0=127.0.0.0/8

            lab/README.md lists everything it answers. Ctrl-C stops it.

            """;

    private static async Task AnnounceAsync(LabInternet lab, string readyFile, CancellationToken cancellationToken)
    {
        var ready = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                origin = lab.Origin.AbsoluteUri,
                proxy = lab.Proxy.GetLeftPart(UriPartial.Authority),
                ca_file = lab.CaFile,
                pid = Environment.ProcessId,
            }
        );
        var draft = $"{readyFile}.{Environment.ProcessId}.draft";
        await File.WriteAllBytesAsync(draft, ready, cancellationToken);
        File.Move(draft, readyFile, overwrite: true);
    }
}
