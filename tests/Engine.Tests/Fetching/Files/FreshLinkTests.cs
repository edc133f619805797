using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using static Decant.Engine.Tests.Fetching.FetchBench;
using static Decant.Engine.Tests.Fetching.Files.LargeFile;

namespace Decant.Engine.Tests.Fetching.Files;

/// <summary>A link that dies in the middle of a file, and the fresh one.</summary>
public sealed class FreshLinkTests
{
    [Fact]
    public async Task A_link_that_dies_is_looked_up_again_and_no_byte_comes_twice()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number > 3 && IsOld(asked)
                ? new Reply("403 Forbidden", default, "Content-Length: 0")
                : Reply.Part(asked, Film, null, Tag) with
                {
                    Rate = Rate,
                }
        );
        var lookUps = 0;
        await using var bench = Counting(origin, () => Interlocked.Increment(ref lookUps));
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
        Assert.Equal(1, lookUps);
        Assert.All(origin.Requests.Where(asked => !IsOld(asked)), asked => Assert.Equal("\"v1\"", asked.IfRange));
        Assert.DoesNotContain(
            origin.Requests.Where(asked => asked.Number <= 3 || !IsOld(asked)).GroupBy(asked => asked.From),
            same => same.Count() > 1
        );
    }

    [Fact]
    public async Task A_fresh_link_to_another_version_brings_all_of_it()
    {
        var changed = Bytes(9_000_001, seed: 5);
        await using var origin = new RawOrigin(asked =>
            (
                !IsOld(asked) ? Reply.Part(asked, changed, null, "ETag: \"v2\"")
                : asked.Number > 3 ? new Reply("410 Gone", default, "Content-Length: 0")
                : Reply.Part(asked, Film, null, Tag)
            ) with
            {
                Rate = Rate,
            }
        );
        await using var bench = Bench(lookUpAgain: _ => Task.FromResult<RemoteFile?>(Fresh(origin)));
        Assert.Equal(Sum(changed), Sum(await bench.FetchAsync(origin)));
    }

    [Fact]
    public async Task A_fresh_link_that_brings_nothing_is_the_last()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number > 1
                ? new Reply("403 Forbidden", default, "Content-Length: 0")
                : Reply.Part(asked, Film, null, Tag) with
                {
                    Rate = Rate,
                }
        );
        var lookUps = 0;
        await using var bench = Counting(origin, () => Interlocked.Increment(ref lookUps));
        Assert.Same(MediaError.SourceFailed, (await bench.FailAsync(origin)).Error);
        Assert.Equal(1, lookUps);
    }

    /// <summary>Looks a dead link up again, and counts how often.</summary>
    private static FetchBench Counting(RawOrigin origin, Action count) =>
        Bench(lookUpAgain: _ =>
        {
            count();
            return Task.FromResult<RemoteFile?>(Fresh(origin));
        });

    private static bool IsOld(Asked asked) => !asked.Head.StartLine.Second.Contains("fresh", StringComparison.Ordinal);

    private static RemoteFile Fresh(RawOrigin origin) =>
        new(new Uri(origin.Url, "/file.mp4?signature=fresh"), new Dictionary<string, string>());
}
