using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using static Decant.Engine.Tests.Fetching.FetchBench;
using static Decant.Engine.Tests.Fetching.Segments.SegmentBench;

namespace Decant.Engine.Tests.Fetching.Segments;

public sealed class SegmentFetchTests
{
    [Fact]
    public async Task Segments_arrive_in_order_whatever_goes_wrong_with_one_of_them()
    {
        await using var bench = new SegmentBench();
        var seen = new HashSet<int>();
        await using var origin = new RawOrigin(asked =>
        {
            var number = NumberOf(asked);
            bool isFirst;
            lock (seen)
            {
                isFirst = seen.Add(number);
            }
            return (number, isFirst) switch
            {
                (3, true) => new Reply("503 Service Unavailable", default, "Content-Length: 0"),
                (5, true) => Reply.Whole(Bodies[5], 1000),
                (7, true) => new Reply("429 Too Many Requests", default, "Content-Length: 0"),
                _ => Reply.Whole(Bodies[number]),
            };
        });
        Assert.Equal(Sum(Bodies), Sum(await bench.FetchAsync(Links(origin))));
    }

    [Fact]
    public async Task Several_are_fetched_at_a_time()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked => Reply.Whole(Bodies[NumberOf(asked)]) with { Rate = 2_000_000 });
        Assert.Equal(Sum(Bodies), Sum(await bench.FetchAsync(Links(origin))));
        Assert.True(origin.MostAtOnce >= 4, $"{origin.MostAtOnce} connections");
    }

    [Fact]
    public async Task A_missing_segment_is_content_not_found()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked =>
            NumberOf(asked) == 11
                ? new Reply("404 Not Found", default, "Content-Length: 0")
                : Reply.Whole(Bodies[NumberOf(asked)])
        );
        var failure = await Assert.ThrowsAsync<MediaException>(() => bench.FetchAsync(Links(origin)));
        Assert.Same(MediaError.ContentNotFound, failure.Error);
    }

    [Fact]
    public async Task Segments_inside_are_blocked()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked => Reply.Whole(Bodies[NumberOf(asked)]));
        List<Segment> segments = [.. Links(origin), new Segment(new Uri("http://127.0.0.2/secret.ts"))];
        var failure = await Assert.ThrowsAsync<MediaException>(() => bench.FetchAsync(segments));
        Assert.Same(MediaError.BlockedAddress, failure.Error);
    }

    [Fact]
    public async Task Parts_of_one_file_are_asked_for_by_range()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked => Reply.Part(asked, Sample));
        List<Segment> segments =
        [
            new(origin.Url, new SegmentPart(0, 400_000)),
            new(origin.Url, new SegmentPart(400_000, Sample.Length)),
        ];
        Assert.Equal(Sample, await bench.FetchAsync(segments));
    }

    [Fact]
    public async Task A_segment_that_falls_silent_is_asked_for_again()
    {
        await using var bench = new SegmentBench();
        var silent = 0;
        await using var origin = new RawOrigin(asked =>
            NumberOf(asked) == 6 && Interlocked.Increment(ref silent) == 1
                ? Reply.Whole(Bodies[6], 1000) with
                {
                    Hangs = true,
                }
                : Reply.Whole(Bodies[NumberOf(asked)])
        );
        Assert.Equal(Sum(Bodies), Sum(await bench.FetchAsync(Links(origin))));
        Assert.Equal(2, silent);
    }

    [Fact]
    public async Task Segments_of_unknown_size_are_joined_in_order_and_nothing_is_left_beside_them()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked =>
            new Reply("200 OK", Bodies[NumberOf(asked)], "Content-Type: video/mp2t") with
            {
                // The later, the quicker.
                Rate = 1_000_000 * (1 + NumberOf(asked)),
            }
        );
        Assert.Equal(Sum(Bodies), Sum(await bench.FetchAsync(Links(origin))));
        Assert.Equal([bench.Target], Directory.GetFiles(Path.GetTempPath(), $"{Path.GetFileName(bench.Target)}*"));
    }

    [Fact]
    public async Task Links_that_die_are_looked_up_again_and_no_segment_comes_twice()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked =>
            asked.Number > 7 && asked.Head.StartLine.Second.Length < 5
                ? new Reply("403 Forbidden", default, "Content-Length: 0")
                : Reply.Whole(Bodies[NumberOf(asked) % 1000])
        );
        var lookUps = 0;
        var fetched = await bench.FetchAsync(
            Links(origin),
            _ =>
            {
                Interlocked.Increment(ref lookUps);
                return Task.FromResult<SegmentList?>(
                    new(
                        [.. Bodies.Select((_, number) => new Segment(new Uri(origin.Url, $"/{number + 1000}")))],
                        new Dictionary<string, string>()
                    )
                );
            }
        );
        Assert.Equal(Sum(Bodies), Sum(fetched));
        Assert.Equal(1, lookUps);
        Assert.Equal(Bodies.Length, origin.Requests.Count(asked => asked.Number <= 7 || NumberOf(asked) >= 1000));
    }

    [Fact]
    public async Task A_segment_whose_size_changes_between_two_tries_is_source_failed()
    {
        await using var bench = new SegmentBench();
        var tries = 0;
        await using var origin = new RawOrigin(asked =>
            NumberOf(asked) != 4 ? Reply.Whole(Bodies[NumberOf(asked)])
            : Interlocked.Increment(ref tries) == 1 ? Reply.Whole([0x47, .. Bodies[4][1..]], 1000)
            : Reply.Whole(Bodies[5])
        );
        var failure = await Assert.ThrowsAsync<MediaException>(() => bench.FetchAsync(Links(origin)));
        Assert.Same(MediaError.SourceFailed, failure.Error);
        Assert.Contains("changed a segment", failure.Message, StringComparison.Ordinal);
    }
}
