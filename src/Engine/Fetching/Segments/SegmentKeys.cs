using System.Collections.Concurrent;
using System.Security.Cryptography;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching.Segments;

/// <summary>Decrypts segments. Each key is fetched once, whoever asks first.</summary>
internal sealed class SegmentKeys(SegmentRequest requests)
{
    public const int BlockBytes = 16;

    private readonly ConcurrentDictionary<Uri, Lazy<Task<SegmentAnswer>>> _keys = new();

    /// <exception cref="MediaException">The key cannot be had, or does not fit.</exception>
    public async Task<byte[]> DecryptAsync(
        byte[] bytes,
        SegmentCipher cipher,
        string host,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var aes = await AesAsync(cipher, cancellationToken);
            return aes.DecryptCbc(bytes, cipher.Vector);
        }
        catch (CryptographicException e)
        {
            throw Broken(host, e);
        }
    }

    /// <summary>Begins to fetch a key, so that it comes beside what is opened with it.</summary>
    public void Want(SegmentCipher? cipher, CancellationToken cancellationToken)
    {
        if (cipher is not null)
        {
            // Kept, and waited for at the end.
            _ = KeyAsync(cipher, cancellationToken);
        }
    }

    /// <returns>With the cipher's key.</returns>
    /// <exception cref="MediaException">The key cannot be had.</exception>
    /// <exception cref="CryptographicException">It is none.</exception>
    public async Task<Aes> AesAsync(SegmentCipher cipher, CancellationToken cancellationToken)
    {
        var (key, _) = await KeyAsync(cipher, cancellationToken);
        if (key.Length != BlockBytes)
        {
            throw new CryptographicException($"The key is not of {BlockBytes} bytes.");
        }
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }

    private Task<SegmentAnswer> KeyAsync(SegmentCipher cipher, CancellationToken cancellationToken) =>
        _keys
            .GetOrAdd(
                cipher.KeyUrl,
                url => new(() => requests.GetAsync(url, null, isMedia: false, _ => { }, cancellationToken))
            )
            .Value;

    /// <summary>What cannot be opened.</summary>
    public static MediaException Broken(string host, CryptographicException cause) =>
        new(
            MediaError.SourceFailed,
            $"A segment from '{host}' cannot be decrypted: it is broken, or its key is wrong.",
            cause
        );

    /// <summary>Waits for keys that were asked for early and that nobody wanted in the end.</summary>
    public async Task EndAsync() =>
        await ((Task)Task.WhenAll(_keys.Values.Select(key => key.Value))).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing
        );
}
