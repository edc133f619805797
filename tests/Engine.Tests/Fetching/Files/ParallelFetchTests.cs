using System.Security.Cryptography;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Crews;
using Decant.Engine.Tests.Fetching;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Files;

/// <summary>A large file from an origin that gives each connection little.</summary>
public sealed class ParallelFetchTests
{
    private const string Tag = "ETag: \"v1\"";
    private const int Rate = 4_000_000;

    private static readonly byte[] File = Bytes(12_000_007, seed: 3);
    private static readonly string Checksum = Sum(File);

    [Fact]
    public async Task A_large_file_from_a_slow_origin_is_brought_by_several_connections()
    {
        await using var origin = new RawOrigin(asked => Reply.Part(asked, File, null, Tag) with { Rate = Rate });
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
        Assert.True(origin.MostAtOnce >= 4, $"{origin.MostAtOnce} connections");
        Assert.Equal(bench.Progress.Select(one => one.Bytes).Order(), bench.Progress.Select(one => one.Bytes));
        Assert.Equal(File.Length, bench.Progress[^1].Bytes);
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
    public async Task A_file_that_was_looked_into_is_asked_for_by_several_from_the_start()
    {
        var atOnce = new Barrier(2);
        await using var origin = new RawOrigin(asked =>
        {
            // None of the first two is answered before the other has asked.
            Assert.True(asked.Number > 2 || atOnce.SignalAndWait(TimeSpan.FromSeconds(30)));
            return Reply.Part(asked, File, null, Tag);
        });
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(Seen(origin, File.Length))));
    }

    [Theory]
    [InlineData(40_000_000)]
    [InlineData(10_000_000)]
    public async Task A_file_that_is_not_as_large_as_it_was_when_it_was_looked_into_arrives_whole(long seen)
    {
        await using var origin = new RawOrigin(asked =>
            asked.From < File.Length
                ? Reply.Part(asked, File, null, Tag)
                : new Reply(
                    "416 Range Not Satisfiable",
                    default,
                    "Content-Length: 0",
                    $"Content-Range: bytes */{File.Length}"
                )
        );
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(Seen(origin, seen))));
    }

    [Fact]
    public async Task A_file_that_was_looked_into_and_has_no_ranges_arrives_whole()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(File) with { Rate = 4 * Rate });
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(Seen(origin, File.Length))));
        Assert.InRange(origin.Requests.Count, 1, 4);
    }

    [Fact]
    public async Task A_file_that_was_looked_into_and_no_longer_says_its_size_arrives_whole()
    {
        await using var origin = new RawOrigin(asked =>
            asked.From < File.Length
                ? new Reply(
                    "206 Partial Content",
                    File.AsMemory(asked.From, asked.To(File.Length) - asked.From),
                    $"Content-Range: bytes {asked.From}-{asked.To(File.Length) - 1}/*"
                )
                : new Reply("416 Range Not Satisfiable", default, "Content-Length: 0")
        );
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(Seen(origin, File.Length + 10_000_000))));
    }

    [Fact]
    public void Fetches_share_an_origins_connections_and_each_has_its_first()
    {
        var budget = new OriginBudget(most: 2);
        budget.TakeFirst("media.example");
        Assert.True(budget.TryTakeMore("media.example"));
        Assert.False(budget.TryTakeMore("MEDIA.example"));
        budget.TakeFirst("media.example");
        Assert.True(budget.TryTakeMore("other.example"));
        budget.Release("media.example");
        Assert.False(budget.TryTakeMore("media.example"));
        budget.Release("media.example");
        Assert.True(budget.TryTakeMore("media.example"));
    }

    [Fact]
    public async Task An_origin_without_ranges_keeps_its_one_connection()
    {
        await using var origin = new RawOrigin(_ => Reply.Whole(File) with { Rate = 4 * Rate });
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
                : Reply.Part(asked, File, null, Tag) with
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
            Reply.Part(asked, File, asked.Number % 2 == 0 ? 700_000 : null, Tag) with
            {
                Rate = Rate,
            }
        );
        await using var bench = Bench();
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
        Assert.DoesNotContain(origin.Requests.GroupBy(asked => asked.From), same =>
            same.Count() > 1 && same.First().Number > 1
        );
    }

    [Fact]
    public async Task A_connection_that_falls_silent_is_replaced()
    {
        await using var origin = new RawOrigin(asked =>
            Reply.Part(asked, File, asked.Number == 3 ? 100_000 : null, Tag) with
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
                asked.Number < 4 ? Reply.Part(asked, File, null, Tag)
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
                ? Reply.Part(asked, File, null, Tag) with
                {
                    Rate = Rate,
                }
                : new Reply("206 Partial Content", File.AsMemory(0, 1000), "Content-Range: bytes 0-999/12000007")
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
            Reply.Part(asked, File, asked.Number == 1 ? 100_000 : null, Tag) with
            {
                Rate = Rate,
                Hangs = asked.Number == 1,
            }
        );
        await using var bench = Bench(impatience: TimeSpan.FromMilliseconds(300));
        Assert.Equal(Checksum, Sum(await bench.FetchAsync(origin)));
    }

    [Fact]
    public async Task A_link_that_dies_is_looked_up_again_and_no_byte_comes_twice()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number > 3 && IsOld(asked)
                ? new Reply("403 Forbidden", default, "Content-Length: 0")
                : Reply.Part(asked, File, null, Tag) with
                {
                    Rate = Rate,
                }
        );
        var lookUps = 0;
        await using var bench = Bench(lookUpAgain: _ =>
        {
            Interlocked.Increment(ref lookUps);
            return Task.FromResult<RemoteFile?>(Fresh(origin));
        });
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
                : Reply.Part(asked, File, null, Tag)
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
                : Reply.Part(asked, File, null, Tag) with
                {
                    Rate = Rate,
                }
        );
        var lookUps = 0;
        await using var bench = Bench(lookUpAgain: _ =>
        {
            Interlocked.Increment(ref lookUps);
            return Task.FromResult<RemoteFile?>(Fresh(origin));
        });
        Assert.Same(MediaError.SourceFailed, (await bench.FailAsync(origin)).Error);
        Assert.Equal(1, lookUps);
    }

    private static RemoteFile Seen(RawOrigin origin, long size) =>
        new(origin.Url, new Dictionary<string, string>()) { SeenSize = size };

    private static bool IsOld(Asked asked) => !asked.Head.StartLine.Second.Contains("fresh", StringComparison.Ordinal);

    private static RemoteFile Fresh(RawOrigin origin) =>
        new(new Uri(origin.Url, "/file.mp4?signature=fresh"), new Dictionary<string, string>());

    private static FetchBench Bench(
        TimeSpan? impatience = null,
        Func<CancellationToken, Task<RemoteFile?>>? lookUpAgain = null
    ) =>
        new()
        {
            LookUpAgain = lookUpAgain,
            Limits = new()
            {
                MaxBytes = 20_000_000,
                MinimumRate = 0,
                Backoff = TimeSpan.FromMilliseconds(1),
                ImpatientStallTimeout = impatience ?? TimeSpan.FromSeconds(5),
            },
        };

    private static string Sum(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
