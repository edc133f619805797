using System.Security.Cryptography;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Crews;
using Decant.Engine.Fetching.Relays;
using Decant.Engine.Fetching.Segments;
using Decant.Engine.Tests.Egress;
using Decant.Engine.Tests.Fetching;
using Microsoft.Extensions.Logging.Abstractions;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Segments;

public sealed class SegmentFetchTests : IAsyncDisposable
{
    private static readonly byte[][] Bodies = [.. Enumerable.Range(0, 24).Select(seed => Bytes(100_000 + seed, seed))];
    private static readonly byte[] Key = Bytes(16, seed: 99);
    private static readonly byte[] Vector = Bytes(16, seed: 98);

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly EgressGate _gate = Gates.Open();
    private readonly FetchLimits _limits = new()
    {
        MaxBytes = 10_000_000,
        MinimumRate = 0,
        Backoff = TimeSpan.FromMilliseconds(1),
        ImpatientStallTimeout = TimeSpan.FromMilliseconds(300),
    };

    [Fact]
    public async Task Segments_arrive_in_order_whatever_goes_wrong_with_one_of_them()
    {
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
        Assert.Equal(Sum(Bodies), Sum(await FetchAsync(Links(origin))));
    }

    [Fact]
    public async Task Several_are_fetched_at_a_time()
    {
        await using var origin = new RawOrigin(asked => Reply.Whole(Bodies[NumberOf(asked)]) with { Rate = 2_000_000 });
        Assert.Equal(Sum(Bodies), Sum(await FetchAsync(Links(origin))));
        Assert.True(origin.MostAtOnce >= 4, $"{origin.MostAtOnce} connections");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_last_segments_are_shared_out_in_parts(bool isEncrypted)
    {
        var whole = Bytes(1_600_007, seed: 7);
        var served = isEncrypted ? Encrypt(whole) : whole;
        await using var origin = new RawOrigin(asked =>
            IsKey(asked) ? Reply.Whole(Key)
            : asked.Range is null ? Reply.Whole(served, null, "Accept-Ranges: bytes") with { Rate = 1_000_000 }
            : Reply.Part(asked, served) with { Rate = 1_000_000 }
        );
        var segments = (isEncrypted ? Encrypted(origin) : Links(origin)).Take(2).ToList();
        Assert.Equal(Sum(whole, whole), Sum(await FetchAsync(segments)));
        Assert.Contains(origin.Requests, asked => asked.Range is not null);
    }

    [Fact]
    public async Task Who_ends_a_segment_that_its_own_later_one_waits_for_puts_both_in_their_places()
    {
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
        var fetched = await FetchAsync([.. Encrypted(origin).Take(2)], connections: 2);
        Assert.Equal(Sum(whole, whole), Sum(fetched));
        Assert.Contains(origin.Requests, asked => asked.Range is not null);
    }

    [Theory]
    [InlineData("no parts after all")]
    [InlineData("another part")]
    [InlineData("nothing for parts")]
    public async Task Who_promises_parts_and_gives_none_still_gives_the_segment(string what)
    {
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
        Assert.Equal(Sum(whole, whole), Sum(await FetchAsync([.. Links(origin).Take(2)])));
        Assert.Contains(origin.Requests, asked => asked.Range is not null);
    }

    [Fact]
    public async Task Parts_of_two_versions_of_a_segment_are_never_joined()
    {
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
        var fetched = await FetchAsync([.. Links(origin).Take(1)]);
        Assert.Equal(Sum(Bytes(1_600_007, seed: 9)), Sum(fetched));
        Assert.Contains(origin.Requests, asked => asked.IfRange == "\"v1\"");
    }

    [Fact]
    public async Task Encrypted_segments_are_opened_and_their_key_is_fetched_once()
    {
        await using var origin = new RawOrigin(asked =>
            IsKey(asked) ? Reply.Whole(Key) : Reply.Whole(Encrypt(Bodies[NumberOf(asked)]))
        );
        Assert.Equal(Sum(Bodies), Sum(await FetchAsync(Encrypted(origin))));
        Assert.Single(origin.Requests, IsKey);
    }

    [Fact]
    public async Task A_corrupt_segment_is_source_failed()
    {
        await using var origin = new RawOrigin(asked => Reply.Whole(IsKey(asked) ? Key : Bytes(1601, seed: 5)));
        var failure = await Assert.ThrowsAsync<MediaException>(() => FetchAsync(Encrypted(origin)));
        Assert.Same(MediaError.SourceFailed, failure.Error);
        Assert.Contains("decrypted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_segment_is_content_not_found()
    {
        await using var origin = new RawOrigin(asked =>
            NumberOf(asked) == 11
                ? new Reply("404 Not Found", default, "Content-Length: 0")
                : Reply.Whole(Bodies[NumberOf(asked)])
        );
        var failure = await Assert.ThrowsAsync<MediaException>(() => FetchAsync(Links(origin)));
        Assert.Same(MediaError.ContentNotFound, failure.Error);
    }

    [Fact]
    public async Task Segments_inside_are_blocked()
    {
        await using var origin = new RawOrigin(asked => Reply.Whole(Bodies[NumberOf(asked)]));
        List<Segment> segments = [.. Links(origin), new Segment(new Uri("http://127.0.0.2/secret.ts"))];
        var failure = await Assert.ThrowsAsync<MediaException>(() => FetchAsync(segments));
        Assert.Same(MediaError.BlockedAddress, failure.Error);
    }

    [Fact]
    public async Task Parts_of_one_file_are_asked_for_by_range()
    {
        await using var origin = new RawOrigin(asked => Reply.Part(asked, Sample));
        List<Segment> segments =
        [
            new(origin.Url, new SegmentPart(0, 400_000)),
            new(origin.Url, new SegmentPart(400_000, Sample.Length)),
        ];
        Assert.Equal(Sample, await FetchAsync(segments));
    }

    [Fact]
    public async Task A_segment_that_falls_silent_is_asked_for_again()
    {
        var silent = 0;
        await using var origin = new RawOrigin(asked =>
            NumberOf(asked) == 6 && Interlocked.Increment(ref silent) == 1
                ? Reply.Whole(Bodies[6], 1000) with
                {
                    Hangs = true,
                }
                : Reply.Whole(Bodies[NumberOf(asked)])
        );
        Assert.Equal(Sum(Bodies), Sum(await FetchAsync(Links(origin))));
        Assert.Equal(2, silent);
    }

    [Fact]
    public async Task Segments_of_unknown_size_are_joined_in_order_and_nothing_is_left_beside_them()
    {
        await using var origin = new RawOrigin(asked =>
            new Reply("200 OK", Bodies[NumberOf(asked)], "Content-Type: video/mp2t") with
            {
                // The later, the quicker.
                Rate = 1_000_000 * (1 + NumberOf(asked)),
            }
        );
        Assert.Equal(Sum(Bodies), Sum(await FetchAsync(Links(origin))));
        Assert.Equal([_path], Directory.GetFiles(Path.GetTempPath(), $"{Path.GetFileName(_path)}*"));
    }

    [Fact]
    public async Task Links_that_die_are_looked_up_again_and_no_segment_comes_twice()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number > 7 && asked.Head.StartLine.Second.Length < 5
                ? new Reply("403 Forbidden", default, "Content-Length: 0")
                : Reply.Whole(Bodies[NumberOf(asked) % 1000])
        );
        var lookUps = 0;
        var fetched = await FetchAsync(Links(origin), _ =>
        {
            Interlocked.Increment(ref lookUps);
            return Task.FromResult<SegmentList?>(
                new(
                    [.. Bodies.Select((_, number) => new Segment(new Uri(origin.Url, $"/{number + 1000}")))],
                    new Dictionary<string, string>()
                )
            );
        });
        Assert.Equal(Sum(Bodies), Sum(fetched));
        Assert.Equal(1, lookUps);
        Assert.Equal(Bodies.Length, origin.Requests.Count(asked => asked.Number <= 7 || NumberOf(asked) >= 1000));
    }

    [Fact]
    public async Task A_segment_whose_size_changes_between_two_tries_is_source_failed()
    {
        var tries = 0;
        await using var origin = new RawOrigin(asked =>
            NumberOf(asked) != 4 ? Reply.Whole(Bodies[NumberOf(asked)])
            : Interlocked.Increment(ref tries) == 1 ? Reply.Whole([0x47, .. Bodies[4][1..]], 1000)
            : Reply.Whole(Bodies[5])
        );
        var failure = await Assert.ThrowsAsync<MediaException>(() => FetchAsync(Links(origin)));
        Assert.Same(MediaError.SourceFailed, failure.Error);
        Assert.Contains("changed a segment", failure.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.DisposeAsync();
        File.Delete(_path);
    }

    [Fact]
    public async Task A_key_that_failed_once_is_asked_for_again()
    {
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1
                ? new Reply("503 Service Unavailable", ReadOnlyMemory<byte>.Empty, "Content-Length: 0")
                : new Reply("200 OK", Key, "Content-Length: 16")
        );
        var requests = new SegmentRequest(
            _gate.Http,
            new Dictionary<string, string>(),
            _limits with
            {
                Tries = 1,
            },
            TimeProvider.System
        );
        var keys = new SegmentKeys(requests);
        using var aes = Aes.Create();
        aes.Key = Key;
        var served = aes.EncryptCbc(Bodies[0], Vector);

        await Assert.ThrowsAsync<MediaException>(OpenAsync);

        Assert.Equal(Bodies[0], await OpenAsync());
        Assert.Equal(Bodies[0], await OpenAsync());
        Assert.Equal(2, origin.Requests.Count);

        Task<byte[]> OpenAsync() =>
            keys.DecryptAsync(
                served,
                new SegmentCipher(origin.Url, Vector),
                "127.0.0.1",
                TestContext.Current.CancellationToken
            );
    }

    private async Task<byte[]> FetchAsync(
        IReadOnlyList<Segment> segments,
        Func<CancellationToken, Task<SegmentList?>>? lookUpAgain = null,
        int connections = 8
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var link = new Link<SegmentList>(new(segments, new Dictionary<string, string>()), lookUpAgain);
        var meter = new FetchMeter(
            new DirectProgress<FetchProgress>(_ => { }),
            _limits,
            "127.0.0.1",
            TimeProvider.System
        );
        using (var spool = new Spool(_path))
        {
            await new SegmentFetch(
                _gate.Http,
                link,
                spool,
                new OriginBudget(connections),
                _limits,
                meter,
                TimeProvider.System,
                NullLogger.Instance
            ).RunAsync(cancellationToken);
        }
        return await File.ReadAllBytesAsync(_path, cancellationToken);
    }

    private static List<Segment> Links(RawOrigin origin) =>
        [.. Bodies.Select((_, number) => new Segment(new Uri(origin.Url, $"/{number}")))];

    private static List<Segment> Encrypted(RawOrigin origin) =>
        [
            .. Links(origin)
                .Select(segment => segment with { Cipher = new SegmentCipher(new Uri(origin.Url, "/key"), Vector) }),
        ];

    private static bool IsKey(Asked asked) => asked.Head.StartLine.Second == "/key";

    private static int NumberOf(Asked asked) => int.Parse(asked.Head.StartLine.Second[1..]);

    private static byte[] Encrypt(byte[] bytes)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        return aes.EncryptCbc(bytes, Vector);
    }

    private static string Sum(params byte[][] bodies) =>
        Convert.ToHexString(SHA256.HashData(bodies.SelectMany(body => body).ToArray()));
}
