using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Accounts;

public abstract class CredentialTests(DecantServer server)
{
    private const string Path = "/api/v1/video/formats";

    [Theory]
    [InlineData("X-API-Key", "")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("authorization", "bearer ")]
    public async Task A_key_is_taken_from_either_header(string header, string scheme)
    {
        await (await SendAsync(header, scheme + DecantServer.Key)).ReadOkAsync();
    }

    [Theory]
    [InlineData("X-API-Key", "ap_nobodys")]
    [InlineData("Authorization", "Bearer ap_nobodys")]
    [InlineData("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln")]
    [InlineData("Authorization", "Basic YWRtaW46YWRtaW4=")]
    [InlineData("X-Other", "nothing")]
    public async Task An_unknown_or_missing_credential_is_401_and_says_what_to_send(string header, string value)
    {
        var answer = await SendAsync(header, value);

        await answer.ReadProblemAsync(401, "unauthenticated");
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_from_the_next_request_on()
    {
        var (key, id) = await CreateKeyAsync();
        await (await SendAsync("X-API-Key", key)).ReadOkAsync();

        await ChangeAsync(db =>
            db.ApiKeys.Where(one => one.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.RevokedAt, DateTimeOffset.UnixEpoch))
        );

        await (await SendAsync("X-API-Key", key)).ReadProblemAsync(403, "key_revoked");
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        var (key, _) = await CreateKeyAsync(expiresAt: DateTimeOffset.UnixEpoch);

        await (await SendAsync("X-API-Key", key)).ReadProblemAsync(403, "key_revoked");
    }

    [Fact]
    public async Task A_disabled_accounts_key_is_refused()
    {
        var (key, _) = await CreateKeyAsync(disabled: true);

        await (await SendAsync("X-API-Key", key)).ReadProblemAsync(403, "key_revoked");
    }

    [Fact]
    public async Task The_database_holds_no_key_in_clear()
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();

        var key = await db.ApiKeys.SingleAsync(one => one.Hash == KeySecret.Hash(DecantServer.Key));

        Assert.DoesNotContain(DecantServer.Key[^8..], key.Prefix + key.Hash + key.Name);
    }

    [Fact]
    public async Task The_first_administrator_starts_with_the_set_grant_and_is_never_refused()
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();

        var administrator = await db.Accounts.SingleAsync(account => account.IsAdministrator);

        Assert.True(administrator.NeverRefused);
        Assert.Equal(10_000, administrator.CreditBalance);
    }

    private async Task<(string Key, long Id)> CreateKeyAsync(DateTimeOffset? expiresAt = null, bool disabled = false)
    {
        var account = new Account { Email = $"{Guid.NewGuid()}@example.org", Disabled = disabled };
        await ChangeAsync(async db =>
        {
            db.Accounts.Add(account);
            await db.SaveChangesAsync();
        });
        var clear = KeySecret.Create();
        var key = new ApiKey
        {
            AccountId = account.Id,
            Name = "Test",
            Prefix = KeySecret.Prefix(clear),
            Hash = KeySecret.Hash(clear),
            ExpiresAt = expiresAt,
        };
        await ChangeAsync(async db =>
        {
            db.ApiKeys.Add(key);
            await db.SaveChangesAsync();
        });
        return (clear, key.Id);
    }

    private async Task ChangeAsync(Func<DecantDb, Task> change)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        await change(db);
    }

    private async Task<HttpResponseMessage> SendAsync(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await server.Public.SendAsync(request);
    }
}

public sealed class CredentialOnSqlite(ServerOn<Sqlite> on)
    : CredentialTests(on.Server),
        IClassFixture<ServerOn<Sqlite>>;

public sealed class CredentialOnPostgres(ServerOn<Postgres> on)
    : CredentialTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
