using Decant.Engine.Fetching;
using static Decant.Engine.Tests.Fetching.FetchBench;
using static Decant.Engine.Tests.Fetching.Files.LargeFile;

namespace Decant.Engine.Tests.Fetching.Files;

/// <summary>A file whose size is known, since it was looked into before.</summary>
public sealed class SeenFileTests
{
    [Fact]
    public async Task A_file_that_was_looked_into_is_asked_for_by_several_from_the_start()
    {
        var atOnce = new Barrier(2);
        await using var origin = new RawOrigin(asked =>
        {
            // None of the first two is answered before the other has asked.
            Assert.True(asked.Number > 2 || atOnce.SignalAndWait(TimeSpan.FromSeconds(30)));
            return Reply.Part(asked, Film, null, Tag);
        });
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(Seen(origin, Film.Length))));
    }

    [Theory]
    [InlineData(40_000_000)]
    [InlineData(10_000_000)]
    public async Task A_file_that_is_not_as_large_as_it_was_when_it_was_looked_into_arrives_whole(long seen)
    {
        await using var origin = new RawOrigin(asked =>
            asked.From < Film.Length
                ? Reply.Part(asked, Film, null, Tag)
                : new Reply(
                    "416 Range Not Satisfiable",
                    default,
                    "Content-Length: 0",
                    $"Content-Range: bytes */{Film.Length}"
                )
        );
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(Seen(origin, seen))));
    }

    /// <summary>Race of two connections: one learns the size, another is about to ask for what would lie behind it. Among a dozen fetches at once it comes about nearly every time.</summary>
    [Fact]
    public Task A_file_that_is_shorter_than_it_was_arrives_whole_however_its_connections_meet() =>
        Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(_ => A_file_that_is_not_as_large_as_it_was_when_it_was_looked_into_arrives_whole(40_000_000))
        );

    [Fact]
    public async Task A_file_that_was_looked_into_and_has_no_ranges_arrives_whole()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(Film) with { Rate = 4 * Rate });
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(Seen(origin, Film.Length))));
        Assert.InRange(origin.Requests.Count, 1, 4);
    }

    [Fact]
    public async Task A_file_that_was_looked_into_and_no_longer_says_its_size_arrives_whole()
    {
        await using var origin = new RawOrigin(asked =>
            asked.From < Film.Length
                ? new Reply(
                    "206 Partial Content",
                    Film.AsMemory(asked.From, asked.To(Film.Length) - asked.From),
                    $"Content-Range: bytes {asked.From}-{asked.To(Film.Length) - 1}/*"
                )
                : new Reply("416 Range Not Satisfiable", default, "Content-Length: 0")
        );
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(Seen(origin, Film.Length + 10_000_000))));
    }

    private static RemoteFile Seen(RawOrigin origin, long size) =>
        new(origin.Url, new Dictionary<string, string>()) { SeenSize = size };
}
