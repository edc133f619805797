using System.Security.Cryptography;
using Decant.Engine.Egress;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Crews;
using Decant.Engine.Fetching.Relays;
using Decant.Engine.Fetching.Segments;
using Decant.Engine.Tests.Egress;
using Microsoft.Extensions.Logging.Abstractions;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Segments;

/// <summary>Segments, their key, and a gate and a place on disk to fetch them with.</summary>
internal sealed class SegmentBench : IAsyncDisposable
{
    private readonly EgressGate _gate = Gates.Open();

    public static byte[][] Bodies { get; } = [.. Enumerable.Range(0, 24).Select(seed => Bytes(100_000 + seed, seed))];

    public static byte[] Key { get; } = Bytes(16, seed: 99);

    public static byte[] Vector { get; } = Bytes(16, seed: 98);

    public string Target { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public FetchLimits Limits { get; } =
        new()
        {
            MaxBytes = 10_000_000,
            MinimumRate = 0,
            Backoff = TimeSpan.FromMilliseconds(1),
            ImpatientStallTimeout = TimeSpan.FromMilliseconds(300),
        };

    public HttpClient Http => _gate.Http;

    public static List<Segment> Links(RawOrigin origin) =>
        [.. Bodies.Select((_, number) => new Segment(new Uri(origin.Url, $"/{number}")))];

    public static List<Segment> Encrypted(RawOrigin origin) =>
        [
            .. Links(origin)
                .Select(segment => segment with { Cipher = new SegmentCipher(new Uri(origin.Url, "/key"), Vector) }),
        ];

    public static bool IsKey(Asked asked) => asked.Head.StartLine.Second == "/key";

    public static int NumberOf(Asked asked) => int.Parse(asked.Head.StartLine.Second[1..]);

    public static byte[] Encrypt(byte[] bytes)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        return aes.EncryptCbc(bytes, Vector);
    }

    public async Task<byte[]> FetchAsync(
        IReadOnlyList<Segment> segments,
        Func<CancellationToken, Task<SegmentList?>>? lookUpAgain = null,
        int connections = 8
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var link = new Link<SegmentList>(new(segments, new Dictionary<string, string>()), lookUpAgain);
        var meter = new FetchMeter(
            new DirectProgress<FetchProgress>(_ => { }),
            Limits,
            "127.0.0.1",
            TimeProvider.System
        );
        using (var spool = new Spool(Target))
        {
            await new SegmentFetch(
                Http,
                link,
                spool,
                new OriginBudget(connections),
                Limits,
                meter,
                TimeProvider.System,
                NullLogger.Instance
            ).RunAsync(cancellationToken);
        }
        return await File.ReadAllBytesAsync(Target, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(Target);
        return _gate.DisposeAsync();
    }
}
