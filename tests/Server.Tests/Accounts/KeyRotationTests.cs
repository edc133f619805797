using Decant.Server.Accounts;
using Decant.Server.Accounts.External;
using Decant.Server.Hosting;
using Decant.Server.Tests.Fixture;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Decant.Server.Tests.Accounts;

/// <summary>An issuer that changes its signing key while we run: the parts that read its tokens, by a clock of the test's.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private TestIssuer _issuer = null!;
    private IssuerKeys _keys = null!;
    private ExternalTokens _tokens = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        var options = Options.Create(
            new JwtOptions { Authority = new Uri(_issuer.Address), Audience = TestIssuer.Audience }
        );
        _keys = new IssuerKeys(options, Options.Create(new EgressSettings()), _time, NullLogger<IssuerKeys>.Instance);
        // Without an address in the settings; the server itself is only asked where somebody wants one all the same.
        var origin = new PublicOrigin(Options.Create(new PublicOrigin.Settings()), server: null!);
        _tokens = new ExternalTokens(_keys, options, origin, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _keys.Dispose();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_new_key_is_learned_from_its_first_token_and_the_withdrawn_one_is_forgotten_with_it()
    {
        Assert.True(await IsGoodAsync("first"));
        _time.Advance(Pause);
        _issuer.AddKey("second");
        _issuer.Withdraw("first");

        Assert.True(await IsGoodAsync("first"), "Nobody has asked the issuer since.");
        Assert.True(await IsGoodAsync("second"));

        Assert.False(await IsGoodAsync("first"));
        Assert.Equal(2, _issuer.Asked);
    }

    [Fact]
    public async Task A_withdrawn_key_is_forgotten_within_hours_though_no_new_one_is_seen()
    {
        Assert.True(await IsGoodAsync("first"));
        _issuer.Withdraw("first");
        _time.Advance(TimeSpan.FromHours(5.9));
        Assert.True(await IsGoodAsync("first"));

        _time.Advance(TimeSpan.FromHours(0.1));

        Assert.False(await IsGoodAsync("first"));
    }

    [Fact]
    public async Task Made_up_names_of_keys_make_us_ask_once_a_minute_and_do_not_keep_a_new_key_out_for_longer()
    {
        Assert.True(await IsGoodAsync("first"));
        for (var minute = 1; minute <= 3; minute++)
        {
            _time.Advance(Pause);
            await Task.WhenAll(Enumerable.Range(0, 200).Select(one => ReadAsync(MadeUp($"{minute}-{one}"))));
            Assert.Equal(1 + minute, _issuer.Asked);
        }

        _issuer.AddKey("second");
        Assert.False(await IsGoodAsync("second"));
        _time.Advance(Pause);

        Assert.True(await IsGoodAsync("second"));
        Assert.True(await IsGoodAsync("first"));
    }

    private async Task<bool> IsGoodAsync(string key) =>
        await ReadAsync(_issuer.Sign("ada", token => token.Expires = _time.GetUtcNow().UtcDateTime.AddDays(1), key))
            is not null;

    private Task<ExternalClaims?> ReadAsync(string token) =>
        _tokens.ReadAsync(token, TestContext.Current.CancellationToken);

    private string MadeUp(string key) =>
        $"{Base64UrlEncoder.Encode($$"""{"alg": "RS256", "kid": "{{key}}"}""")}.{_issuer.Sign("ada").Split('.')[1]}.AAAA";
}
