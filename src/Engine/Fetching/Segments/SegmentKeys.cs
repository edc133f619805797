using System.Collections.Concurrent;
using System.Security.Cryptography;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching.Segments;

/// <summary>Decrypts segments. Each key is fetched once, by whoever asks first.</summary>
internal sealed class SegmentKeys(SegmentRequest requests)
{
    public const int BlockBytes = 16;

    private readonly ConcurrentDictionary<Uri, Lazy<Task<byte[]>>> _keys = new();

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
        var key = await KeyAsync(cipher, cancellationToken);
        if (key.Length != BlockBytes)
        {
            throw new CryptographicException($"The key is not of {BlockBytes} bytes.");
        }
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }

    /// <summary>A key that could not be had is asked for anew by whoever wants it next.</summary>
    private Task<byte[]> KeyAsync(SegmentCipher cipher, CancellationToken cancellationToken)
    {
        var wanted = _keys.GetOrAdd(cipher.KeyUrl, Ask);
        if (wanted is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } })
        {
            _keys.TryUpdate(cipher.KeyUrl, Ask(cipher.KeyUrl), wanted);
            wanted = _keys.GetOrAdd(cipher.KeyUrl, Ask);
        }
        return wanted.Value;

        Lazy<Task<byte[]>> Ask(Uri url) => new(() => BringAsync(url, cancellationToken));
    }

    private async Task<byte[]> BringAsync(Uri url, CancellationToken cancellationToken) =>
        (await requests.GetAsync(url, null, isMedia: false, _ => { }, cancellationToken)).Bytes;

    /// <summary>A segment that cannot be decrypted.</summary>
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
