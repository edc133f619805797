using Decant.Engine.Errors;
using static Decant.Engine.Tests.Fetching.FetchBench;
using static Decant.Engine.Tests.Fetching.Files.LargeFile;

namespace Decant.Engine.Tests.Fetching.Files;

/// <summary>A large file from an origin that gives each connection little.</summary>
[Long]
public sealed class ParallelFetchTests
{
    [Fact]
    public async Task A_large_file_from_a_slow_origin_is_brought_by_several_connections()
    {
        await using var origin = new RawOrigin(asked => Reply.Part(asked, Film, null, Tag) with { Rate = Rate });
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
        Assert.True(origin.MostAtOnce >= 4, $"{origin.MostAtOnce} connections");
        Assert.Equal(bench.Progress.Select(one => one.Bytes).Order(), bench.Progress.Select(one => one.Bytes));
        Assert.Equal(Film.Length, bench.Progress[^1].Bytes);
    }

    [Fact]
    public async Task A_small_file_has_one_connection_and_one_request()
    {
        await using var origin = new RawOrigin(asked => Reply.Part(asked, Sample, null, Tag));
        await using var bench = Bench();
        Assert.Equal(Sample, await bench.FetchAsync(origin));
        Assert.Single(origin.Requests);
    }

    [Fact]
    public async Task An_origin_without_ranges_keeps_its_one_connection()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(Film) with { Rate = 4 * Rate });
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
        Assert.Single(origin.Requests);
    }

    [Theory]
    [InlineData("429 Too Many Requests")]
    [InlineData("503 Service Unavailable")]
    [InlineData("403 Forbidden")]
    public async Task An_origin_that_refuses_more_connections_keeps_those_it_has(string status)
    {
        RawOrigin? self = null;
        await using var origin = self = new RawOrigin(asked =>
            self!.AtOnce > 2
                ? new Reply(status, default, "Content-Length: 0")
                : Reply.Part(asked, Film, null, Tag) with
                {
                    Rate = Rate,
                }
        );
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
    }

    [Fact]
    public async Task Lost_connections_lose_nothing_and_nothing_comes_twice()
    {
        await using var origin = new RawOrigin(asked =>
            Reply.Part(asked, Film, asked.Number % 2 == 0 ? 700_000 : null, Tag) with
            {
                Rate = Rate,
            }
        );
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
        Assert.DoesNotContain(
            origin.Requests.GroupBy(asked => asked.From),
            same => same.Count() > 1 && same.First().Number > 1
        );
    }

    [Fact]
    public async Task A_connection_that_falls_silent_is_replaced()
    {
        await using var origin = new RawOrigin(asked =>
            Reply.Part(asked, Film, asked.Number == 3 ? 100_000 : null, Tag) with
            {
                Rate = Rate,
                Hangs = asked.Number == 3,
            }
        );
        await using var bench = Bench(impatience: TimeSpan.FromMilliseconds(300));
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
    }

    [Fact]
    public async Task A_file_that_changes_under_several_connections_is_fetched_anew()
    {
        var changed = Bytes(9_000_001, seed: 4);
        await using var origin = new RawOrigin(asked =>
            (
                asked.Number < 4 ? Reply.Part(asked, Film, null, Tag)
                : asked.IfRange == "\"v1\"" ? Reply.Whole(changed, null, "ETag: \"v2\"")
                : Reply.Part(asked, changed, null, "ETag: \"v2\"")
            ) with
            {
                Rate = Rate,
            }
        );
        await using var bench = Bench();
        Assert.Equal(Sum(changed), Sum(await bench.FetchAsync(origin)));
    }

    [Fact]
    public async Task A_wrong_range_from_all_is_source_failed()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1
                ? Reply.Part(asked, Film, null, Tag) with
                {
                    Rate = Rate,
                }
                : new Reply("206 Partial Content", Film.AsMemory(0, 1000), "Content-Range: bytes 0-999/12000007")
        );
        await using var bench = Bench();
        Assert.Same(MediaError.SourceFailed, (await bench.FailAsync(origin)).Error);
        // Who answers nonsense is not asked over and over.
        Assert.InRange(origin.Requests.Count, 2, 40);
    }

    [Fact]
    public async Task A_lone_connection_that_falls_silent_is_given_up_once_others_are_there()
    {
        await using var origin = new RawOrigin(asked =>
            Reply.Part(asked, Film, asked.Number == 1 ? 100_000 : null, Tag) with
            {
                Rate = Rate,
                Hangs = asked.Number == 1,
            }
        );
        await using var bench = Bench(impatience: TimeSpan.FromMilliseconds(300));
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
    }
}
