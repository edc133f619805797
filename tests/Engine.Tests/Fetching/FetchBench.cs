using System.Security.Cryptography;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Crews;
using Decant.Engine.Fetching.Files;
using Decant.Engine.Fetching.Relays;
using Decant.Engine.Tests.Egress;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Fetching;

/// <summary>A gate, a place on disk and patience short enough for a test.</summary>
internal sealed class FetchBench : IAsyncDisposable, IProgress<FetchProgress>
{
    private readonly EgressGate _gate = Gates.Open();

    public static byte[] Sample { get; } = Bytes(1_000_003, seed: 1);

    public string Target { get; init; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public FetchLimits Limits { get; init; } =
        new()
        {
            MaxBytes = 10_000_000,
            MinimumRate = 0,
            Backoff = TimeSpan.FromMilliseconds(1),
        };

    public int Connections { get; init; } = 8;

    public List<FetchProgress> Progress { get; } = [];

    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A checksum of several pieces one after the other.</summary>
    public static string Sum(params byte[][] pieces)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in pieces)
        {
            hash.AppendData(piece);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Where the file is when it is looked up again; nowhere unless a test says so.</summary>
    public Func<CancellationToken, Task<RemoteFile?>>? LookUpAgain { get; init; }

    public async Task<byte[]> FetchAsync(RemoteFile remote, CancellationToken cancellationToken = default)
    {
        using var link = new Link<RemoteFile>(remote, LookUpAgain);
        var meter = new FetchMeter(this, Limits, remote.Host, TimeProvider.System);
        using (var spool = new Spool(Target))
        {
            var fetch = new HttpFetch(
                _gate.Http,
                link,
                spool,
                new OriginBudget(Connections),
                Limits,
                meter,
                TimeProvider.System,
                NullLogger.Instance
            );
            var size = await fetch.RunAsync(cancellationToken);
            Assert.Equal(new FileInfo(Target).Length, size);
        }
        return await File.ReadAllBytesAsync(Target, cancellationToken);
    }

    public Task<byte[]> FetchAsync(RawOrigin origin) =>
        FetchAsync(new RemoteFile(origin.Url, new Dictionary<string, string>()));

    public async Task<MediaException> FailAsync(RawOrigin origin)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => FetchAsync(origin));
        Assert.DoesNotContain("secret", failure.Message);
        return failure;
    }

    public void Report(FetchProgress value) => Progress.Add(value);

    public ValueTask DisposeAsync()
    {
        if (!Target.StartsWith("/dev/", StringComparison.Ordinal))
        {
            File.Delete(Target);
        }
        return _gate.DisposeAsync();
    }
}
