using System.Security.Cryptography;
using Decant.Server.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.Accounts;

public sealed class PasswordsTests
{
    /// <summary>A hash that could not be read would be refused at once, and tell which names there are.</summary>
    [Fact]
    public void The_hash_that_is_verified_for_nobody_is_read_as_every_other()
    {
        var options = new PasswordHasherOptions { IterationCount = Passwords.Iterations };
        var salt = RandomNumberGenerator.GetBytes(16);
        var key = Rfc2898DeriveBytes.Pbkdf2("correct", salt, Passwords.Iterations, HashAlgorithmName.SHA512, 32);
        var hasher = new PasswordHasher<Account>(Options.Create(options));

        var hash = Passwords.Format(Passwords.Iterations, salt, key);

        Assert.Equal(hasher.HashPassword(null!, "correct").Length, hash.Length);
        Assert.Equal(PasswordVerificationResult.Success, hasher.VerifyHashedPassword(null!, hash, "correct"));
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(null!, hash, "wrong"));
    }

    /// <summary>Servers of the tests hash with fewer; operators' servers are built without their settings.</summary>
    [Fact]
    public void A_server_hashes_as_often_as_OWASP_advises()
    {
        using var app = Program.Build([]);

        Assert.True(app.Services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount >= 210_000);
    }
}
