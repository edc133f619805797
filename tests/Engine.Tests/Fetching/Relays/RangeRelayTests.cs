using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Relays;
using Decant.Engine.Tests.Egress;
using Decant.Engine.Tests.Fetching;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Fetching.Relays;

public sealed class RangeRelayTests
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    [Fact]
    public async Task Ffprobe_looks_into_a_remote_file_whose_index_is_at_its_end()
    {
        using var media = await Media.MakeAsync();
        await using var origin = await Origin.StartAsync(context =>
            Results.File(media.Path, "video/mp4", enableRangeProcessing: true).ExecuteAsync(context)
        );
        await using var gate = Gates.Open();
        await using var relay = new RangeRelay(gate, new RemoteFile(origin.Url, NoHeaders), 10_000_000);
        var said = await Media.RunAsync(
            "/usr/bin/ffprobe",
            ["-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", relay.Address.ToString()]
        );
        Assert.Equal("h264", said.Trim());
        Assert.True(origin.Hits > 1, "The index is at the end, so there is more than one request.");
        Assert.Null(relay.Failure);
    }

    [Fact]
    public async Task A_range_comes_through_with_its_headers()
    {
        await using var origin = new RawOrigin(asked => Reply.Part(asked, FetchBench.Sample));
        await using var gate = Gates.Open();
        await using var relay = new RangeRelay(
            gate,
            new RemoteFile(origin.Url, new Dictionary<string, string> { ["Referer"] = "https://site.example/" }),
            10_000_000
        );
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, relay.Address);
        request.Headers.Range = new RangeHeaderValue(1000, 1999);
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("bytes 1000-1999/1000003", response.Content.Headers.ContentRange?.ToString());
        Assert.Equal(FetchBench.Sample[1000..2000], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("https://site.example/", Assert.Single(origin.Requests).Head.Single("Referer"));
    }

    public static TheoryData<string> OddNames => OddOrigins.Names;

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task A_reader_is_told_straight_what_an_odd_origin_says(string name)
    {
        await using var origin = OddOrigins.Open(name, FetchBench.Sample);
        await using var gate = Gates.Open();
        await using var relay = new RangeRelay(gate, new RemoteFile(origin.Url, NoHeaders), 10_000_000);
        using var http = new HttpClient();
        using var all = new HttpRequestMessage(HttpMethod.Get, relay.Address);
        all.Headers.TryAddWithoutValidation("Range", "bytes=0-");
        using var whole = await http.SendAsync(all);
        var beginning = await whole.Content.ReadAsByteArrayAsync();

        // An origin that gives little at a time is asked again by the reader, as its Content-Range tells it to.
        Assert.Equal(FetchBench.Sample[..beginning.Length], beginning);
        Assert.True(
            whole.Content.Headers.ContentLength is null || whole.Content.Headers.ContentLength == beginning.Length
        );
        if (whole.Headers.AcceptRanges.Contains("bytes"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, relay.Address);
            request.Headers.Range = new RangeHeaderValue(70_000, 70_999);
            using var part = await http.SendAsync(request);
            Assert.Equal("bytes 70000-70999/1000003", part.Content.Headers.ContentRange?.ToString());
            Assert.Equal(FetchBench.Sample[70_000..71_000], await part.Content.ReadAsByteArrayAsync());
        }
        else
        {
            // The relay asks once: of a whole that nobody knows and that comes in pieces it has the first.
            Assert.InRange(beginning.Length, 1_000_000, FetchBench.Sample.Length);
        }
        Assert.Null(relay.Failure);
    }

    [Fact]
    public async Task Only_the_one_path_is_answered_and_only_to_GET_and_HEAD()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(FetchBench.Sample));
        await using var gate = Gates.Open();
        await using var relay = new RangeRelay(gate, new RemoteFile(origin.Url, NoHeaders), 10_000_000);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(relay.Address, "/other"))).StatusCode);
        using var content = new StringContent("x");
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(relay.Address, content)).StatusCode);
        Assert.Empty(origin.Requests);
        using var head = new HttpRequestMessage(HttpMethod.Head, relay.Address);
        using var response = await http.SendAsync(head);
        Assert.Equal(FetchBench.Sample.Length, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Past_its_bytes_the_relay_cuts()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(FetchBench.Sample));
        await using var gate = Gates.Open();
        await using var relay = new RangeRelay(gate, new RemoteFile(origin.Url, NoHeaders), 300_000);
        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetByteArrayAsync(relay.Address));
        Assert.Contains("300000", relay.Failure?.Message);
    }

    [Theory]
    [InlineData("404 Not Found", "content_not_found")]
    [InlineData("302 Found", "blocked_address")]
    [InlineData("200 OK", "source_failed")]
    public async Task What_the_source_did_wrong_is_kept_for_whoever_asks(string status, string code)
    {
        await using var origin = new RawOrigin(_ => new Reply(
            status,
            "<html>"u8.ToArray(),
            "Location: http://127.0.0.2/",
            "Content-Type: text/html"
        ));
        await using var gate = Gates.Open();
        await using var relay = new RangeRelay(gate, new RemoteFile(origin.Url, NoHeaders), 300_000);
        using var http = new HttpClient();
        using var response = await http.GetAsync(relay.Address);
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(code, relay.Failure?.Error.Code);
    }

    /// <summary>A second of video with its index at the end.</summary>
    private sealed class Media : IDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.mp4");

        public static async Task<Media> MakeAsync()
        {
            var media = new Media();
            string[] arguments =
            [
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=1280x720:rate=25:duration=4",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-b:v",
                "8M",
                media.Path,
            ];
            Assert.Equal("", await RunAsync("/usr/bin/ffmpeg", arguments));
            return media;
        }

        public static async Task<string> RunAsync(string program, string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return said;
        }

        public void Dispose() => File.Delete(Path);
    }
}
