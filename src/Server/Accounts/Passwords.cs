using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Cryptography.KeyDerivation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts;

/// <summary>Makes and verifies password hashes, in ASP.NET Core Identity's format.</summary>
internal sealed class Passwords : IDisposable
{
    public const string Verifications = "decant.accounts.password_verifications";

    /// <summary>PBKDF2 with HMAC-SHA512, as OWASP's Password Storage Cheat Sheet advises; 0.1 s of one core.</summary>
    public const int Iterations = 210_000;

    private readonly PasswordHasher<Account> _hasher;

    /// <summary>Verified in place of a hash that is not there, so that a guess takes as long for every name.</summary>
    private readonly string _nobodys;

    /// <summary>Guesses by the hundred take turns on the cores, and not all the threads.</summary>
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private readonly Counter<long> _verifications;

    public Passwords(IMeterFactory meters, IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<Account>(options);
        _verifications = meters.Create("Decant.Accounts").CreateCounter<long>(Verifications);
        _nobodys = Format(
            options.Value.IterationCount,
            salt: RandomNumberGenerator.GetBytes(16),
            key: RandomNumberGenerator.GetBytes(32)
        );
    }

    /// <summary>Identity's third format. A random key in it is no password's, and costs a start nothing.</summary>
    internal static string Format(int iterations, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> key)
    {
        const int header = 13;
        Span<byte> hash = stackalloc byte[header + salt.Length + key.Length];
        hash[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(hash[1..], (int)KeyDerivationPrf.HMACSHA512);
        BinaryPrimitives.WriteInt32BigEndian(hash[5..], iterations);
        BinaryPrimitives.WriteInt32BigEndian(hash[9..], salt.Length);
        salt.CopyTo(hash[header..]);
        key.CopyTo(hash[(header + salt.Length)..]);
        return Convert.ToBase64String(hash);
    }

    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        OnACoreAsync(() => _hasher.HashPassword(null!, password), cancellationToken);

    /// <summary>Takes the same time whether there is a hash or not.</summary>
    /// <param name="hash">Hash of the password; null for an account without one, or no account at all.</param>
    /// <param name="password">The password in plain text.</param>
    /// <param name="cancellationToken">Token that ends the wait for a core.</param>
    public async Task<bool> IsRightAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        _verifications.Add(1);
        var verdict = await OnACoreAsync(
            () => _hasher.VerifyHashedPassword(null!, hash ?? _nobodys, password),
            cancellationToken
        );
        return hash is not null && verdict != PasswordVerificationResult.Failed;
    }

    public void Dispose() => _cores.Dispose();

    private async Task<T> OnACoreAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _cores.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _cores.Release();
        }
    }
}
