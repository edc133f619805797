using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.IdentityModel.Tokens;

namespace Decant.Server.Tests.Accounts;

public abstract class ExternalIssuerTests<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    private TestIssuer _issuer = null!;
    private DecantServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _server = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Somebody_whom_the_issuer_vouches_for_gets_an_account_and_keeps_it()
    {
        var token = _issuer.Sign("ada", With(("email", "ada@example.org"), ("email_verified", true), ("name", "Ada")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => MeAsync(token)));

        var ids = new HashSet<long>();
        foreach (var answer in answers)
        {
            var me = await answer.ReadOkAsync();
            Assert.Equal("ada@example.org", me.Text("email"));
            Assert.Equal("Ada", me.Text("full_name"));
            Assert.Equal(10_000, me.Number("credits_balance"));
            Assert.False((bool)me["has_password"]!);
            ids.Add(me.Number("id"));
        }

        Assert.Single(ids);
        Assert.Contains(await IdOfAsync(_issuer.Sign("ada")), ids);
        Assert.DoesNotContain(await IdOfAsync(_issuer.Sign("grace")), ids);
        Assert.Equal(1, _issuer.Asked);
        Assert.Equal(["account_created", "identity_linked"], await _server.AuditOfAsync(ids.Single()));
    }

    [Fact]
    public async Task Tokens_that_are_not_for_us_or_not_the_issuers_are_refused()
    {
        var forged = new SigningCredentials(
            new SymmetricSecurityKey(_issuer.PublicKey) { KeyId = "first" },
            SecurityAlgorithms.HmacSha256
        );
        string[] tokens =
        [
            _issuer.Sign("ada", token => token.Audience = "somebody else"),
            _issuer.Sign("ada", token => token.Issuer = "https://elsewhere.example.org"),
            _issuer.Sign("ada", token => token.Expires = DateTime.UnixEpoch.AddYears(50)),
            _issuer.Sign("ada", token => token.Expires = null),
            _issuer.Sign("ada", token => token.SigningCredentials = forged),
            _issuer.Sign("ada", token => token.SigningCredentials = null),
            _issuer.Sign(""),
            $"{Base64UrlEncoder.Encode("""{"alg": "RS256", "kid": [5]}""")}.{_issuer.Sign("ada").Split('.')[1]}.AAAA",
        ];

        foreach (var token in tokens)
        {
            await (await MeAsync(token)).ReadProblemAsync(401, "unauthenticated");
        }
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_us_ask_the_issuer_at_every_turn()
    {
        await (await MeAsync(_issuer.Sign("ada"))).ReadOkAsync();
        _issuer.AddKey("second");

        for (var turn = 0; turn < 5; turn++)
        {
            await (await MeAsync(_issuer.Sign("ada", key: "second"))).ReadProblemAsync(401, "unauthenticated");
        }

        Assert.Equal(1, _issuer.Asked);
    }

    [Fact]
    public async Task An_address_that_another_account_has_is_not_taken_over()
    {
        var ada = await Person.RegisterAsync(_server);

        var me = await (
            await MeAsync(_issuer.Sign("ada", With(("email", ada.Email), ("email_verified", true))))
        ).ReadOkAsync();

        Assert.NotEqual(ada.Id, me.Number("id"));
        Assert.EndsWith(".invalid", me.Text("email"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_operator_says_so_a_verified_address_links_to_the_account_that_has_it(bool isVerified)
    {
        await using var server = await StartAsync("Jwt:LinkByEmail=true");
        var ada = await Person.RegisterAsync(server);

        var me = await (
            await MeAsync(_issuer.Sign("ada", With(("email", ada.Email), ("email_verified", isVerified))), server)
        ).ReadOkAsync();

        Assert.Equal(isVerified, me.Number("id") == ada.Id);
    }

    [Fact]
    public async Task A_disabled_account_is_refused_whatever_the_issuer_says()
    {
        var token = _issuer.Sign("ada");
        var id = await IdOfAsync(token);

        await (await _server.PostAsync($"{Person.Admin}/users/{id}/disable", new { })).ReadOkAsync();

        await (await MeAsync(token)).ReadProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_named_and_our_own_tokens_go_on()
    {
        var token = _issuer.Sign("ada");
        await _issuer.DisposeAsync();
        var ada = await Person.RegisterAsync(_server);

        var answer = await MeAsync(token);

        await answer.ReadProblemAsync(503, "issuer_unreachable");
        Assert.NotNull(answer.Headers.RetryAfter);
        await (await ada.Http.MeAsync()).ReadOkAsync();
    }

    private static Action<SecurityTokenDescriptor> With(params (string Name, object Value)[] claims) =>
        token => token.Claims = claims.ToDictionary(claim => claim.Name, claim => claim.Value);

    private Task<DecantServer> StartAsync(params string[] settings) =>
        DecantServer.StartAsync<TDatabase>([
            "Accounts:AllowSignUp=true",
            $"Jwt:Authority={_issuer.Address}",
            $"Jwt:Audience={TestIssuer.Audience}",
            .. settings,
        ]);

    private async Task<HttpResponseMessage> MeAsync(string token, DecantServer? server = null)
    {
        using var http = (server ?? _server).Public.BaseAddress!.WithToken(token);
        return await http.MeAsync();
    }

    private async Task<long> IdOfAsync(string token) => (await (await MeAsync(token)).ReadOkAsync()).Number("id");
}

public sealed class ExternalIssuerOnSqlite : ExternalIssuerTests<Sqlite>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class ExternalIssuerOnPostgres : ExternalIssuerTests<Postgres>;
