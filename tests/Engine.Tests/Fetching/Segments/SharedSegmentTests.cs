using static Decant.Engine.Tests.Fetching.FetchBench;
using static Decant.Engine.Tests.Fetching.Segments.SegmentBench;

namespace Decant.Engine.Tests.Fetching.Segments;

/// <summary>Segments that several connections bring in parts, so that none waits for the last.</summary>
public sealed class SharedSegmentTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_last_segments_are_shared_out_in_parts(bool isEncrypted)
    {
        await using var bench = new SegmentBench();
        var whole = Bytes(1_600_007, seed: 7);
        var served = isEncrypted ? Encrypt(whole) : whole;
        await using var origin = new RawOrigin(asked =>
            IsKey(asked) ? Reply.Whole(Key)
            : asked.Range is null ? Reply.Whole(served, null, "Accept-Ranges: bytes") with { Rate = 1_000_000 }
            : Reply.Part(asked, served) with { Rate = 1_000_000 }
        );
        var segments = (isEncrypted ? Encrypted(origin) : Links(origin)).Take(2).ToList();
        Assert.Equal(Sum(whole, whole), Sum(await bench.FetchAsync(segments)));
        Assert.Contains(origin.Requests, asked => asked.Range is not null);
    }

    [Fact]
    public async Task Who_ends_a_segment_that_its_own_later_one_waits_for_puts_both_in_their_places()
    {
        await using var bench = new SegmentBench();
        var whole = Bytes(800_007, seed: 11);
        var served = Encrypt(whole);
        await using var origin = new RawOrigin(asked =>
            IsKey(asked) ? Reply.Whole(Key)
            : asked.Range is null
                ? Reply.Whole(served, null, "Accept-Ranges: bytes") with
                {
                    Rate = NumberOf(asked) == 0 ? 500_000 : 2_000_000,
                }
            : Reply.Part(asked, served) with { Rate = 300_000 }
        );
        var fetched = await bench.FetchAsync([.. Encrypted(origin).Take(2)], connections: 2);
        Assert.Equal(Sum(whole, whole), Sum(fetched));
        Assert.Contains(origin.Requests, asked => asked.Range is not null);
    }

    [Theory]
    [InlineData("no parts after all")]
    [InlineData("another part")]
    [InlineData("nothing for parts")]
    public async Task Who_promises_parts_and_gives_none_still_gives_the_segment(string what)
    {
        await using var bench = new SegmentBench();
        var whole = Bytes(1_600_007, seed: 8);
        await using var origin = new RawOrigin(asked =>
            (
                asked.Range is null || what == "no parts after all" ? Reply.Whole(whole, null, "Accept-Ranges: bytes")
                : what == "another part"
                    ? new("206 Partial Content", whole.AsMemory(0, 1000), "Content-Range: bytes 0-999/1600007")
                : new("403 Forbidden", default, "Content-Length: 0")
            ) with
            {
                Rate = 1_000_000,
            }
        );
        Assert.Equal(Sum(whole, whole), Sum(await bench.FetchAsync([.. Links(origin).Take(2)])));
        Assert.Contains(origin.Requests, asked => asked.Range is not null);
    }

    [Fact]
    public async Task Parts_of_two_versions_of_a_segment_are_never_joined()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked =>
            (
                asked.Range is null
                    ? Reply.Whole(Bytes(1_600_007, seed: 9), null, "Accept-Ranges: bytes", "ETag: \"v1\"")
                    : Reply.Part(asked, Bytes(1_600_007, seed: 10), null, "ETag: \"v2\"")
            ) with
            {
                Rate = 1_000_000,
            }
        );
        var fetched = await bench.FetchAsync([.. Links(origin).Take(1)]);
        Assert.Equal(Sum(Bytes(1_600_007, seed: 9)), Sum(fetched));
        Assert.Contains(origin.Requests, asked => asked.IfRange == "\"v1\"");
    }
}
