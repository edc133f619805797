using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Bombs;

/// <summary>All that a hostile origin can do to whoever looks at it, against the program itself, with the memory, the disk and the time that it takes.</summary>
public sealed class BombTests(BombedServer bombed, ITestOutputHelper output) : IClassFixture<BombedServer>
{
    /// <summary>Memory of the server and all its children above what they have at rest.</summary>
    private const long MostMemory = 1500L << 20;

    /// <summary>What may be fetched (100 MB), made of it, and kept of it meanwhile.</summary>
    private const long MostDisk = 400L << 20;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(75);

    [Theory]
    [InlineData("bomb/page.html", "3 GB of a page in gzip")]
    [InlineData("bomb/br/page.html", "1.5 GB of a page in brotli")]
    [InlineData("bomb/deflate/page.html", "1.5 GB of a page in deflate")]
    [InlineData("bomb/gzip/feed.xml", "1.5 GB of a feed in gzip")]
    [InlineData("bomb/gzip/index.m3u8", "1.5 GB of HLS in gzip")]
    [InlineData("bomb/br/index.m3u8", "1.5 GB of HLS in brotli")]
    [InlineData("bomb/gzip/manifest.mpd", "1.5 GB of DASH in gzip")]
    [InlineData("bomb/deflate/manifest.mpd", "1.5 GB of DASH in deflate")]
    [InlineData("bomb/gzip/video.mp4", "1.5 GB of a file in gzip")]
    [InlineData("bomb/br/video.mp4", "1.5 GB of a file in brotli")]
    [InlineData("bomb/text/entities.mpd", "a billion laughs in DASH")]
    [InlineData("bomb/text/entities.xml", "a billion laughs in a feed")]
    [InlineData("bomb/text/nested.mpd", "100,000 nested elements in DASH")]
    [InlineData("bomb/text/nested.html", "100,000 nested tags")]
    [InlineData("bomb/text/nested.json.html", "200,000 levels of JSON-LD")]
    [InlineData("bomb/text/formats.html", "20,000 videos on a page")]
    [InlineData("bomb/text/variants.m3u8", "20,000 renditions in HLS")]
    [InlineData("bomb/text/million.m3u8", "a million segments")]
    [InlineData("bomb/text/self.m3u8", "a master playlist of itself")]
    [InlineData("bomb/text/self-media.m3u8", "a playlist whose segment it is itself")]
    [InlineData("bomb/text/endless.m3u8", "a segment without an end")]
    [InlineData("bomb/text/template.mpd", "3.6e15 segments by a template")]
    [InlineData("bomb/text/timeline.mpd", "2e9 segments by a timeline")]
    [InlineData("bomb/headers/page.html", "10 MB of header fields")]
    [InlineData("bomb/headers/video.mp4", "10 MB of header fields of a file")]
    [InlineData("endless/body.mp4", "a file without an end")]
    [InlineData("endless/declared.mp4", "a file of a terabyte")]
    [InlineData("endless/page.html", "a page without an end")]
    [InlineData("drip-page/bomb", "a page at a byte a second")]
    [InlineData("bomb/poster.html", "a poster of 30,000 by 30,000")]
    [InlineData("bomb/file/huge.png", "a picture of 30,000 by 30,000 for a medium")]
    [InlineData("bomb/file/duration.mp4", "mp4 of the longest duration")]
    [InlineData("bomb/file/samples.mp4", "mp4 of the most samples")]
    [InlineData("bomb/file/box.mp4", "mp4 with a box of 9e18 bytes")]
    [InlineData("bomb/file/duration.mkv", "mkv of 1e18 ticks")]
    [InlineData("bomb/file/rate.wav", "wav of 4e9 samples a second")]
    [InlineData("bomb/file/channels.wav", "wav of 65,535 channels")]
    [InlineData("bomb/file/size.wav", "wav of 4 GB in 2 MB")]
    public async Task A_bomb_ends_in_words_and_costs_little(string path, string what)
    {
        using var gauge = new Gauge(bombed.Process.Id, bombed.DataDirectory);
        var took = Stopwatch.StartNew();

        var outcome = await RunAsync(path);

        took.Stop();
        var figures = gauge.Stop();
        var row = FormattableString.Invariant(
            $"| {what} | {outcome} | {took.Elapsed.TotalSeconds:0.0} s | {figures.Memory >> 20} MB | {figures.Disk >> 20} MB |"
        );
        output.WriteLine(row);
        if (Environment.GetEnvironmentVariable("DECANT_BOMBS_REPORT") is { Length: > 0 } report)
        {
            await File.AppendAllTextAsync(report, $"{row}\n");
        }

        Assert.True(took.Elapsed < MostTime, $"It took {took.Elapsed}.");
        Assert.True(figures.Memory < MostMemory, $"It took {figures.Memory >> 20} MB of memory.");
        Assert.True(figures.Disk < MostDisk, $"It took {figures.Disk >> 20} MB of the disk.");
        Assert.DoesNotContain("internal_error", outcome);
        await (await bombed.Process.Http.GetAsync("/healthz")).ReadOkAsync();
    }

    private async Task<string> RunAsync(string path)
    {
        var http = bombed.Process.Http;
        var answer = await http.PostAsJsonAsync(
            JobFlow.Download,
            new
            {
                url = bombed.Origin(path),
                include_thumbnail = true,
                playlist_items = "1",
            }
        );
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        if (!answer.IsSuccessStatusCode)
        {
            return body.Text("code");
        }

        var job = await http.EndOfAsync(body["job"]!.Number("id"));
        if (job.Text("status") != "COMPLETED")
        {
            return $"FAILED, {job["error"]!.Text("code")}";
        }

        // Nothing is COMPLETED that a full decode does not bear out.
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, await http.GetByteArrayAsync(job.Text("download_url")));
            using var decoder = Process.Start(
                new ProcessStartInfo("ffmpeg", ["-v", "error", "-xerror", "-i", file, "-f", "null", "-"])
                {
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            var errors = await decoder.StandardError.ReadToEndAsync();
            await decoder.WaitForExitAsync();
            Assert.True(decoder.ExitCode == 0, errors);
            return FormattableString.Invariant($"COMPLETED, {(double)job["duration"]!:0.0} s");
        }
        finally
        {
            File.Delete(file);
        }
    }
}

/// <summary>The program as operators run it, with limits that a bomb reaches soon.</summary>
public sealed class BombedServer : IAsyncLifetime
{
    private DecantServer _server = null!;

    internal ServerProcess Process { get; private set; } = null!;

    public string DataDirectory => _server.DataDirectory;

    public string Origin(string path) => _server.Origin(path);

    public async ValueTask InitializeAsync()
    {
        _server = await DecantServer.PrepareAsync<Sqlite>(
            "Limits:MaxBytes=100000000",
            "Limits:MaxDuration=02:00:00",
            "LookUps:Silence=00:00:05",
            "Jobs:RetryDelays:0=00:00:00.1",
            "Extractor:WarmUp=true"
        );
        Process = await ServerProcess.StartAsync(_server.Arguments);
        // Whatever is loaded once is none of a bomb's.
        await Process.Http.CompletionOfAsync(
            await Process.Http.StartAsync(new { url = Origin("page/video"), include_thumbnail = true })
        );
    }

    public async ValueTask DisposeAsync()
    {
        Process.Dispose();
        await _server.DisposeAsync();
    }
}
