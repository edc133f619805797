using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Files;

public sealed class HttpFetchTests
{
    [Fact]
    public async Task A_file_arrives_byte_for_byte_and_its_progress_is_told()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(Sample));
        await using var bench = new FetchBench();
        Assert.Equal(Sample, await bench.FetchAsync(origin));
        Assert.Equal(Sample.Length, bench.Progress[^1].Bytes);
        Assert.All(bench.Progress, progress => Assert.Equal(Sample.Length, progress.Total));
        Assert.Equal(
            bench.Progress.Select(progress => progress.Bytes).Order(),
            bench.Progress.Select(progress => progress.Bytes)
        );
    }

    [Fact]
    public async Task A_body_without_length_arrives_whole()
    {
        await using var origin = new RawOrigin(_ => new Reply("200 OK", Sample));
        await using var bench = new FetchBench();
        Assert.Equal(Sample, await bench.FetchAsync(origin));
    }

    [Fact]
    public async Task The_sites_headers_are_sent_but_for_those_that_are_ours()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(Sample));
        await using var bench = new FetchBench();
        var headers = new Dictionary<string, string>
        {
            ["User-Agent"] = "Mozilla/5.0 (X11; Linux) odd(",
            ["Referer"] = "https://site.example/watch",
            ["Cookie"] = "a=b; c=d",
            ["Accept-Encoding"] = "gzip",
            ["Range"] = "bytes=5-",
            ["Host"] = "inside.example",
        };
        await bench.FetchAsync(new RemoteFile(origin.Url, headers));
        var head = Assert.Single(origin.Requests).Head;
        Assert.Equal("Mozilla/5.0 (X11; Linux) odd(", head.Single("User-Agent"));
        Assert.Equal("https://site.example/watch", head.Single("Referer"));
        Assert.Equal("a=b; c=d", head.Single("Cookie"));
        Assert.Equal("identity", head.Single("Accept-Encoding"));
        Assert.Equal(origin.Url.Authority, head.Single("Host"));
        Assert.Equal("bytes=0-4194303", head.Single("Range"));
    }

    [Fact]
    public async Task An_origin_that_slows_long_requests_down_is_asked_in_pieces()
    {
        await using var origin = new RawOrigin(asked => Reply.Part(asked, Sample));
        await using var bench = new FetchBench();
        var remote = new RemoteFile(origin.Url, new Dictionary<string, string>(), PieceSize: 300_000);
        Assert.Equal(Sample, await bench.FetchAsync(remote));
        Assert.Equal(
            ["bytes=0-299999", "bytes=300000-599999", "bytes=600000-899999", "bytes=900000-1000002"],
            origin.Requests.Select(asked => asked.Range)
        );
    }

    [Fact]
    public async Task Pieces_of_a_file_of_unknown_size_end_with_a_short_one_or_with_none()
    {
        foreach (var piece in new[] { 300_000, 1_000_003 })
        {
            await using var origin = new RawOrigin(asked =>
                asked.From >= Sample.Length
                    ? new Reply("416 Range Not Satisfiable", default, $"Content-Range: bytes */{Sample.Length}")
                    : Reply.Part(asked, Sample) with
                    {
                        Fields = [$"Content-Range: bytes {asked.From}-{asked.To(Sample.Length) - 1}/*"],
                    }
            );
            await using var bench = new FetchBench();
            Assert.Equal(
                Sample,
                await bench.FetchAsync(new RemoteFile(origin.Url, new Dictionary<string, string>(), piece))
            );
        }
    }

    [Fact]
    public async Task A_full_disk_is_overloaded_and_not_the_sources_fault()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(Sample));
        await using var bench = new FetchBench { Target = "/dev/full" };
        Assert.Equal(MediaError.Overloaded, (await bench.FailAsync(origin)).Error);
        Assert.Single(origin.Requests);
    }

    [Fact]
    public async Task A_cancelled_fetch_ends_at_once_and_is_no_failure_of_the_source()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(Sample, 100_000) with { Hangs = true });
        await using var bench = new FetchBench();
        using var cancel = new CancellationTokenSource();
        var fetch = bench.FetchAsync(new RemoteFile(origin.Url, new Dictionary<string, string>()), cancel.Token);
        while (bench.Progress.Count == 0)
        {
            await Task.Yield();
        }
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    [Fact]
    public async Task A_file_that_moved_inside_is_blocked()
    {
        await using var origin = new RawOrigin(_ => new Reply(
            "302 Found",
            default,
            "Location: http://127.0.0.2/",
            "Content-Length: 0"
        ));
        await using var bench = new FetchBench();
        Assert.Equal(MediaError.BlockedAddress, (await bench.FailAsync(origin)).Error);
    }
}
