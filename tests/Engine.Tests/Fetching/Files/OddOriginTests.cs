using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Files;

/// <summary>A whole file comes out of every origin that a browser gets it from, and a failure that cannot pass is known at once.</summary>
public sealed class OddOriginTests
{
    /// <summary>More than a first request asks for, so that every origin is asked for a second part.</summary>
    private static readonly byte[] File = Bytes(9_000_000, seed: 7);

    public static TheoryData<string> Origins => OddOrigins.Names;

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task The_whole_file_comes_out(string name)
    {
        await using var origin = OddOrigins.Open(name, File);
        await using var bench = new FetchBench();
        Assert.Equal(File, await bench.FetchAsync(origin));
    }

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task The_whole_file_comes_out_where_its_size_was_seen(string name)
    {
        await using var origin = OddOrigins.Open(name, File);
        await using var bench = new FetchBench();
        var seen = new RemoteFile(origin.Url, new Dictionary<string, string>()) { SeenSize = File.Length };
        Assert.Equal(File, await bench.FetchAsync(seen));
    }

    [Fact]
    public async Task A_page_in_the_files_place_is_told_by_its_bytes()
    {
        await using var origin = new RawOrigin(_ => new Reply(
            "200 OK",
            "  <!doctype html>\n<title>Gone</title>"u8.ToArray(),
            "Content-Type: text/html"
        ));
        await using var bench = new FetchBench();
        var failure = await bench.FailAsync(origin);
        Assert.True(failure.IsFinal);
        Assert.Single(origin.Requests);
    }

    [Fact]
    public async Task A_packed_body_that_is_cut_is_not_taken_for_the_file()
    {
        var (packed, fields) = (OddOrigins.Gzip(Sample), new[] { "Content-Encoding: gzip", "" });
        fields[1] = $"Content-Length: {packed.Length}";
        await using var origin = new RawOrigin(asked => new Reply(
            "200 OK",
            asked.Number == 1 ? packed.AsMemory(0, packed.Length / 2) : packed,
            fields
        ));
        await using var bench = new FetchBench();
        Assert.Equal(Sample, await bench.FetchAsync(origin));
    }

    [Theory]
    [InlineData("403 Forbidden", true)]
    [InlineData("418 Teapot", true)]
    [InlineData("503 Service Unavailable", false)]
    [InlineData("429 Too Many Requests", false)]
    public async Task A_failure_says_whether_it_may_pass(string status, bool isFinal)
    {
        await using var origin = new RawOrigin(_ => new Reply(status, default, "Content-Length: 0"));
        await using var bench = new FetchBench();
        Assert.Equal(isFinal, (await bench.FailAsync(origin)).IsFinal);
    }

    [Fact]
    public async Task A_fourth_connection_that_is_refused_leaves_its_part_to_the_others()
    {
        var atOnce = 0;
        await using var origin = new RawOrigin(asked =>
            Interlocked.Increment(ref atOnce) == 4
                ? new Reply("429 Too Many Requests", default, "Content-Length: 0", "Retry-After: 1")
                : Reply.Part(asked, File)
        );
        await using var bench = new FetchBench();
        var seen = new RemoteFile(origin.Url, new Dictionary<string, string>()) { SeenSize = File.Length };
        Assert.Equal(File, await bench.FetchAsync(seen));
    }

    [Fact]
    public async Task A_failure_that_may_pass_and_one_that_may_not_are_both_the_policys()
    {
        var limits = new FetchLimits
        {
            MaxBytes = 1,
            MinimumRate = 0,
            Tries = 3,
            Backoff = TimeSpan.FromSeconds(1),
        };
        var passing = new FetchFailure(MediaError.SourceFailed, "It broke.", TryAgain: true);
        var retries = new Retries(limits);

        Assert.Equal(TimeSpan.FromSeconds(1), retries.After(passing, new IOException()));
        Assert.Equal(TimeSpan.FromSeconds(2), retries.After(passing, new IOException()));
        Assert.False(Assert.Throws<MediaException>(() => retries.After(passing, new IOException())).IsFinal);
        Assert.Equal(TimeSpan.FromSeconds(1), retries.After(passing, new IOException(), gotFurther: true));
        Assert.Equal(
            TimeSpan.FromSeconds(4),
            retries.After(passing with { RetryAfter = TimeSpan.FromSeconds(4) }, new IOException())
        );
        Assert.True(
            Assert
                .Throws<MediaException>(() =>
                    new Retries(limits).After(passing with { TryAgain = false }, new IOException())
                )
                .IsFinal
        );
    }
}
