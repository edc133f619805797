using System.Security.Cryptography;
using System.Text;
using Decant.Server.Files;
using Decant.Server.Tests.Fixture;
using Microsoft.AspNetCore.DataProtection;

namespace Decant.Server.Tests.Data;

public abstract class SharedSecretsTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task The_keys_that_a_server_of_before_had_in_files_are_taken_into_the_database()
    {
        await using var server = await DecantServer.PrepareAsync<TDatabase>();
        var link = RandomNumberGenerator.GetBytes(32);
        await File.WriteAllBytesAsync(Path.Combine(server.DataDirectory, "link.key"), link);
        var ring = Directory.CreateDirectory(Path.Combine(server.DataDirectory, "keys"));
        var secret = DataProtectionProvider
            .Create(ring, builder => builder.SetApplicationName("decant"))
            .CreateProtector("test")
            .Protect("a cookie");

        await server.StartAsync();
        AssertKnown();
        Assert.Empty(Directory.GetFiles(server.DataDirectory, "*.key"));
        Assert.False(Directory.Exists(ring.FullName));
        await server.RestartAsync();
        AssertKnown();

        void AssertKnown()
        {
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(link, Encoding.UTF8.GetBytes("text")));
            Assert.True(server.Get<LinkKey>().IsGenuine("text", signature));
            Assert.Equal("a cookie", server.Get<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret));
        }
    }
}

public sealed class SharedSecretsOnSqlite : SharedSecretsTests<Sqlite>;

public sealed class SharedSecretsOnPostgres : SharedSecretsTests<Postgres>;
