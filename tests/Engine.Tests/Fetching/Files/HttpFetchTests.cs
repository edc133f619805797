using System.Text;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Tests.Fetching;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Files;

public sealed class HttpFetchTests
{
    private const string Tag = "ETag: \"v1\"";

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
    public async Task A_broken_connection_is_resumed_where_it_broke_as_often_as_it_gets_further()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1 ? Reply.Whole(Sample, 100_000, Tag) : Reply.Part(asked, Sample, 100_000, Tag)
        );
        await using var bench = new FetchBench();
        Assert.Equal(Sample, await bench.FetchAsync(origin));
        Assert.Equal(11, origin.Requests.Count);
        Assert.All(origin.Requests.Skip(1), asked => Assert.Equal("\"v1\"", asked.IfRange));
        Assert.Equal([0, 100_000, 200_000], origin.Requests.Take(3).Select(asked => asked.From));
    }

    [Fact]
    public async Task A_weak_tag_is_no_condition_but_the_date_is()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1
                ? Reply.Whole(Sample, 100_000, "ETag: W/\"v1\"", "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT")
                : Reply.Part(asked, Sample, null, "ETag: W/\"v2\"", "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT")
        );
        await using var bench = new FetchBench();
        Assert.Equal(Sample, await bench.FetchAsync(origin));
        Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", origin.Requests.Last().IfRange);
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_is_fetched_anew_from_its_start()
    {
        var changed = Bytes(800_000, seed: 2);
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1 ? Reply.Whole(Sample, 300_000, Tag) : Reply.Whole(changed, null, "ETag: \"v2\"")
        );
        await using var bench = new FetchBench();
        Assert.Equal(changed, await bench.FetchAsync(origin));
    }

    [Fact]
    public async Task A_change_seen_only_in_the_ranges_total_is_noticed_too()
    {
        var changed = Bytes(800_000, seed: 2);
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1 ? Reply.Whole(Sample, 300_000)
            : asked.Range is null ? Reply.Whole(changed)
            : Reply.Part(asked, changed)
        );
        await using var bench = new FetchBench();
        Assert.Equal(changed, await bench.FetchAsync(origin));
        Assert.Equal(3, origin.Requests.Count);
    }

    [Fact]
    public async Task A_part_that_is_not_there_any_more_is_another_version()
    {
        var changed = Bytes(800_000, seed: 2);
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1 ? Reply.Part(asked, Sample, 900_000) : Reply.Part(asked, changed)
        );
        await using var bench = new FetchBench();
        Assert.Equal(changed, await bench.FetchAsync(origin));
        Assert.Equal(3, origin.Requests.Count);
    }

    [Fact]
    public async Task A_file_that_keeps_changing_is_source_failed()
    {
        await using var origin = new RawOrigin(asked => Reply.Whole(Sample, 300_000, $"ETag: \"v{asked.Number}\""));
        await using var bench = new FetchBench();
        Assert.Contains("keeps changing", (await bench.FailAsync(origin)).Message);
    }

    [Fact]
    public async Task An_origin_without_ranges_is_asked_for_all_of_it_again()
    {
        await using var origin = new RawOrigin(asked =>
            Reply.Whole(Sample, asked.Number < 4 ? asked.Number * 100_000 : null)
        );
        await using var bench = new FetchBench();
        Assert.Equal(Sample, await bench.FetchAsync(origin));
    }

    [Fact]
    public async Task A_body_always_cut_at_the_same_place_is_source_failed()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(Sample, 500_000));
        await using var bench = new FetchBench();
        var failure = await bench.FailAsync(origin);
        Assert.Equal(MediaError.SourceFailed, failure.Error);
        Assert.Contains("cut the file short", failure.Message);
        Assert.Equal(bench.Limits.Tries, origin.Requests.Count);
    }

    [Theory]
    [InlineData("Content-Range: bytes 0-999/1000003")]
    [InlineData("Content-Range: bytes 100001-1000002/1000003")]
    [InlineData("Content-Range: rubbish")]
    [InlineData("Content-Type: multipart/byteranges; boundary=x")]
    public async Task Another_range_than_the_one_asked_for_is_source_failed(string field)
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1 ? Reply.Whole(Sample, 100_000) : new Reply("206 Partial Content", Sample, field)
        );
        await using var bench = new FetchBench();
        Assert.Contains("from byte 100000", (await bench.FailAsync(origin)).Message);
    }

    [Fact]
    public async Task More_bytes_than_the_range_has_are_source_failed()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1
                ? Reply.Whole(Sample, 100_000)
                : new Reply("206 Partial Content", new byte[2_000_000], "Content-Range: bytes 100000-1000002/1000003")
        );
        await using var bench = new FetchBench();
        Assert.Contains("more bytes", (await bench.FailAsync(origin)).Message);
    }

    [Theory]
    [InlineData("Content-Length: 0", "empty")]
    [InlineData("X-Nothing: no length either", "empty")]
    [InlineData("Content-Type: text/html; charset=utf-8", "a page (text/html)")]
    [InlineData("Content-Type: application/json", "a page (application/json)")]
    [InlineData("Content-Encoding: lzma", "'lzma'")]
    public async Task What_is_no_file_is_source_failed(string field, string said)
    {
        var body = field.StartsWith("Content-Type", StringComparison.Ordinal) ? "<html>"u8.ToArray() : [];
        await using var origin = new RawOrigin(_ => new Reply("200 OK", body, field));
        await using var bench = new FetchBench();
        var failure = await bench.FailAsync(origin);
        Assert.Equal(MediaError.SourceFailed, failure.Error);
        Assert.Contains(said, failure.Message);
        Assert.Single(origin.Requests);
    }

    [Theory]
    [InlineData("401 Unauthorized", "source_failed", 2)]
    [InlineData("403 Forbidden", "source_failed", 2)]
    [InlineData("416 Range Not Satisfiable", "source_failed", 2)]
    [InlineData("404 Not Found", "content_not_found", 1)]
    [InlineData("410 Gone", "content_not_found", 1)]
    [InlineData("429 Too Many Requests", "source_rate_limited", 5)]
    [InlineData("451 Unavailable", "geo_blocked", 1)]
    [InlineData("418 Teapot", "source_failed", 1)]
    [InlineData("204 No Content", "source_failed", 1)]
    [InlineData("500 Internal Server Error", "source_failed", 6)]
    [InlineData("503 Service Unavailable", "source_failed", 5)]
    public async Task Every_status_has_its_code_and_its_number_of_tries(string status, string code, int tries)
    {
        await using var origin = new RawOrigin(_ => new Reply(status, default, "Content-Length: 0"));
        await using var bench = new FetchBench();
        var failure = await bench.FailAsync(origin);
        Assert.Equal((code, tries), (failure.Error.Code, origin.Requests.Count));
        Assert.Contains(status[..3], failure.Message);
    }

    [Theory]
    [InlineData("429 Too Many Requests")]
    [InlineData("503 Service Unavailable")]
    public async Task A_long_wait_asked_for_is_handed_up_and_not_sat_out(string status)
    {
        await using var origin = new RawOrigin(_ => new Reply(
            status,
            default,
            "Content-Length: 0",
            "Retry-After: 120"
        ));
        await using var bench = new FetchBench();
        Assert.Equal(TimeSpan.FromSeconds(120), (await bench.FailAsync(origin)).RetryAfter);
        Assert.Single(origin.Requests);
    }

    [Fact]
    public async Task An_error_of_the_sources_own_that_passes_is_not_felt()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number < 3 ? new Reply("502 Bad Gateway", "<html>"u8.ToArray()) : Reply.Whole(Sample)
        );
        await using var bench = new FetchBench();
        Assert.Equal(Sample, await bench.FetchAsync(origin));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_past_the_limit_is_too_large_with_the_figure(bool isAnnounced)
    {
        await using var origin = new RawOrigin(_ =>
            isAnnounced ? Reply.Whole(Sample, 10) : new Reply("200 OK", Sample)
        );
        await using var bench = new FetchBench
        {
            Limits = new() { MaxBytes = 500_000, MinimumRate = 0 },
        };
        var failure = await bench.FailAsync(origin);
        Assert.Equal(MediaError.TooLarge, failure.Error);
        Assert.Equal(500_000L, failure.Figures["max_bytes"]);
        Assert.Single(origin.Requests);
        var written = new FileInfo(bench.Target);
        Assert.True(!written.Exists || written.Length <= 500_000);
    }

    [Fact]
    public async Task A_source_that_falls_silent_is_resumed_and_then_source_timeout()
    {
        await using var origin = new RawOrigin(asked =>
            (
                asked.Number == 1
                    ? Reply.Whole(Sample, 100_000)
                    : Reply.Part(asked, Sample, asked.Number == 2 ? 1000 : 0)
            ) with
            {
                Hangs = true,
            }
        );
        await using var bench = new FetchBench
        {
            Connections = 1,
            Limits = new()
            {
                MaxBytes = 10_000_000,
                MinimumRate = 0,
                StallTimeout = TimeSpan.FromMilliseconds(150),
                Backoff = TimeSpan.FromMilliseconds(1),
                Tries = 2,
            },
        };
        Assert.Equal(MediaError.SourceTimeout, (await bench.FailAsync(origin)).Error);
        Assert.Equal([0, 100_000, 101_000], origin.Requests.Select(asked => asked.From));
    }

    [Fact]
    public async Task A_source_that_crawls_is_source_timeout()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1 ? Reply.Whole(Sample, 10) : Reply.Part(asked, Sample, 10)
        );
        await using var bench = new FetchBench
        {
            Limits = new()
            {
                MaxBytes = 10_000_000,
                MinimumRate = 1 << 20,
                RateWindow = TimeSpan.FromMilliseconds(100),
                Backoff = TimeSpan.FromMilliseconds(1),
            },
        };
        var failure = await bench.FailAsync(origin);
        Assert.Equal(MediaError.SourceTimeout, failure.Error);
        Assert.Contains("bytes a second", failure.Message);
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
