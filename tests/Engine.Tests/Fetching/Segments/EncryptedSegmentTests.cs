using System.Security.Cryptography;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Segments;
using static Decant.Engine.Tests.Fetching.FetchBench;
using static Decant.Engine.Tests.Fetching.Segments.SegmentBench;

namespace Decant.Engine.Tests.Fetching.Segments;

public sealed class EncryptedSegmentTests
{
    [Fact]
    public async Task Encrypted_segments_are_opened_and_their_key_is_fetched_once()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked =>
            IsKey(asked) ? Reply.Whole(Key) : Reply.Whole(Encrypt(Bodies[NumberOf(asked)]))
        );
        Assert.Equal(Sum(Bodies), Sum(await bench.FetchAsync(Encrypted(origin))));
        Assert.Single(origin.Requests, IsKey);
    }

    [Fact]
    public async Task A_corrupt_segment_is_source_failed()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked => Reply.Whole(IsKey(asked) ? Key : Bytes(1601, seed: 5)));
        var failure = await Assert.ThrowsAsync<MediaException>(() => bench.FetchAsync(Encrypted(origin)));
        Assert.Same(MediaError.SourceFailed, failure.Error);
        Assert.Contains("decrypted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_failed_once_is_asked_for_again()
    {
        await using var bench = new SegmentBench();
        await using var origin = new RawOrigin(asked =>
            asked.Number == 1
                ? new Reply("503 Service Unavailable", ReadOnlyMemory<byte>.Empty, "Content-Length: 0")
                : new Reply("200 OK", Key, "Content-Length: 16")
        );
        var requests = new SegmentRequest(
            bench.Http,
            new Dictionary<string, string>(),
            bench.Limits with
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
}
