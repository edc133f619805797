using System.Collections.Concurrent;
using System.Security.Cryptography;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching;

/// <summary>Decrypts segments. Each key is fetched once.</summary>
internal sealed class SegmentKeys(SegmentRequest requests)
{
    private readonly ConcurrentDictionary<Uri, Lazy<Task<SegmentAnswer>>> _keys = new();

    /// <exception cref="MediaException">The key cannot be had, or does not fit.</exception>
    public async Task<byte[]> DecryptAsync(
        byte[] bytes,
        SegmentCipher cipher,
        string host,
        CancellationToken cancellationToken
    )
    {
        var (key, _) = await _keys
            .GetOrAdd(
                cipher.KeyUrl,
                url => new(() => requests.GetAsync(url, null, isMedia: false, _ => { }, cancellationToken))
            )
            .Value;
        try
        {
            using var aes = Aes.Create();
            aes.Key = key.Length == 16 ? key : throw new CryptographicException("The key is not of 16 bytes.");
            return aes.DecryptCbc(bytes, cipher.Vector);
        }
        catch (CryptographicException e)
        {
            throw new MediaException(
                MediaError.SourceFailed,
                $"A segment from '{host}' cannot be decrypted: it is broken, or its key is wrong.",
                e
            );
        }
    }
}
