using Decant.Engine.Errors;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Files;

/// <summary>Bodies that break off, and files that change between two requests.</summary>
public sealed class ResumptionTests
{
    private const string Tag = "ETag: \"v1\"";

    [Fact]
    public async Task A_broken_connection_is_resumed_where_it_broke_as_often_as_it_gets_further()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1 ? Reply.Whole(Sample, 100_000, Tag) : Reply.Part(asked, Sample, 100_000, Tag)
        );
        await using var bench = new FetchBench { Connections = 1 };
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
        await using var bench = new FetchBench { Connections = 1 };
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
        await using var bench = new FetchBench { Connections = 1 };
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
        await using var bench = new FetchBench { Connections = 1 };
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
}
