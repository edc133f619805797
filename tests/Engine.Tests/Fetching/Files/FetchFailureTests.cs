using Decant.Engine.Errors;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Files;

/// <summary>Answers that are no file, and sources that are too slow or too large.</summary>
public sealed class FetchFailureTests
{
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
}
