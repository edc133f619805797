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

    /// <summary>Memory that may stay taken once a bomb is over: heaps that grew, and the processes that stand ready for the next look-ups.</summary>
    private const long MostMemoryAfter = 250L << 20;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(75);

    /// <summary>A trickle is watched for a minute before it is given up, and tried twice.</summary>
    private static readonly TimeSpan MostTimeOfTrickles = TimeSpan.FromSeconds(200);

    /// <summary>Bombs of each kind that are over in seconds.</summary>
    private static readonly (string Path, string What)[] Quick =
    [
        ("bomb/page.html", "3 GB of a page in gzip"),
        ("bomb/gzip/feed.xml", "1.5 GB of a feed in gzip"),
        ("bomb/gzip/manifest.mpd", "1.5 GB of DASH in gzip"),
        ("bomb/br/video.mp4", "1.5 GB of a file in brotli"),
        ("bomb/text/entities.mpd", "a billion laughs in DASH"),
        ("bomb/text/entities.xml", "a billion laughs in a feed"),
        ("bomb/text/self.m3u8", "a master playlist of itself"),
        ("bomb/text/timeline.mpd", "2e9 segments by a timeline"),
        ("bomb/headers/video.mp4", "10 MB of header fields of a file"),
        ("bomb/file/duration.mp4", "mp4 of the longest duration"),
        ("bomb/file/box.mp4", "mp4 with a box of 9e18 bytes"),
        ("bomb/file/rate.wav", "wav of 4e9 samples a second"),
    ];

    /// <summary>The others, which take minutes together.</summary>
    private static readonly (string Path, string What)[] Slow =
    [
        ("bomb/br/page.html", "1.5 GB of a page in brotli"),
        ("bomb/deflate/page.html", "1.5 GB of a page in deflate"),
        ("bomb/gzip/index.m3u8", "1.5 GB of HLS in gzip"),
        ("bomb/br/index.m3u8", "1.5 GB of HLS in brotli"),
        ("bomb/deflate/index.m3u8", "1.5 GB of HLS in deflate"),
        ("bomb/deflate/manifest.mpd", "1.5 GB of DASH in deflate"),
        ("bomb/br/manifest.mpd", "1.5 GB of DASH in brotli"),
        ("bomb/gzip/video.mp4", "1.5 GB of a file in gzip"),
        ("bomb/deflate/video.mp4", "1.5 GB of a file in deflate"),
        ("bomb/text/nested.mpd", "100,000 nested elements in DASH"),
        ("bomb/text/nested.html", "100,000 nested tags"),
        ("bomb/text/nested.json.html", "200,000 levels of JSON-LD"),
        ("bomb/text/formats.html", "20,000 videos on a page"),
        ("bomb/text/variants.m3u8", "20,000 renditions in HLS"),
        ("bomb/text/million.m3u8", "a million segments"),
        ("bomb/text/self-media.m3u8", "a playlist whose segment it is itself"),
        ("bomb/text/endless.m3u8", "a segment without an end"),
        ("bomb/text/template.mpd", "3.6e15 segments by a template"),
        ("bomb/headers/page.html", "10 MB of header fields"),
        ("endless/body.mp4", "a file without an end"),
        ("endless/declared.mp4", "a file of a terabyte"),
        ("endless/page.html", "a page without an end"),
        ("drip-page/bomb", "a page at a byte a second"),
        ("drip/small.mp4?bomb", "a file at a byte a second"),
        ("bomb/text/dripping.m3u8", "a segment at a byte a second"),
        ("bomb/poster.html", "a poster of 30,000 by 30,000"),
        ("bomb/file/huge.png", "a picture of 30,000 by 30,000 for a medium"),
        ("bomb/file/samples.mp4", "mp4 of the most samples"),
        ("bomb/file/duration.mkv", "mkv of 1e18 ticks"),
        ("bomb/file/channels.wav", "wav of 65,535 channels"),
        ("bomb/file/size.wav", "wav of 4 GB in 2 MB"),
    ];

    public static TheoryData<string, string> Bombs =>
        new(Environment.GetEnvironmentVariable("DECANT_EXHAUSTIVE") == "1" ? [.. Quick, .. Slow] : Quick);

    [Theory]
    [MemberData(nameof(Bombs))]
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

        var most = path.Contains("drip", StringComparison.Ordinal) ? MostTimeOfTrickles : MostTime;
        Assert.True(took.Elapsed < most, $"It took {took.Elapsed}.");
        Assert.True(figures.Memory < MostMemory, $"It took {figures.Memory >> 20} MB of memory.");
        Assert.True(figures.Disk < MostDisk, $"It took {figures.Disk >> 20} MB of the disk.");
        Assert.DoesNotContain("internal_error", outcome);
        await (await bombed.Process.Http.GetAsync("/healthz")).ReadOkAsync();
        await AssertNothingIsLeftAsync();
        var after = await gauge.MemoryAfterAsync(MostMemoryAfter, Quiet.Patience);
        output.WriteLine($"{after >> 20} MB of memory afterwards");
        Assert.True(after <= MostMemoryAfter, $"It left {after >> 20} MB of memory.");
    }

    /// <summary>Once its jobs are removed, runs and storage have no file any more.</summary>
    private async Task AssertNothingIsLeftAsync()
    {
        var http = bombed.Process.Http;
        var jobs = await (await http.GetAsync($"{JobFlow.Jobs}?limit=100")).ReadOkAsync();
        foreach (var job in jobs["items"]!.AsArray())
        {
            await (await http.DeleteAsync($"{JobFlow.Jobs}/{job!.Number("id")}")).ReadOkAsync();
        }

        using var patience = new CancellationTokenSource(Quiet.Patience);
        // Another process's files, which tells nobody when they are gone.
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Left() is { Count: > 0 } left)
        {
            Assert.False(patience.IsCancellationRequested, $"It left {string.Join(", ", left)}.");
            await looks.WaitForNextTickAsync();
        }

        List<string> Left() =>
            [
                .. ((string[])["work", "files", "recordings"])
                    .Select(folder => Path.Combine(bombed.DataDirectory, folder))
                    .Where(Directory.Exists)
                    .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                    // The name of the storage.
                    .Where(file => !Path.GetFileName(file).StartsWith('.')),
            ];
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

        var job = await http.EndOfAsync(body["job"]!.Number("id"), MostTimeOfTrickles);
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
