using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Decant.Server.Tests.Accounts;

/// <summary>A small OpenID Connect issuer on loopback: it describes itself, shows its keys, and signs what it is told.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "decant-at-home";

    /// <summary>Of all issuers, by name and not by issuer: a key takes as much as a quarter of a second of a core to find.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<RSA>> Pairs = new();

    private readonly WebApplication _app;
    private readonly Dictionary<string, RsaSecurityKey> _keys = [];
    private readonly HashSet<string> _withdrawn = [];
    private int _asked;

    private TestIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>How often somebody wanted its keys.</summary>
    public int Asked => _asked;

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        issuer.AddKey("first");
        app.MapGet(
            "/.well-known/openid-configuration",
            () => Json(new JsonObject { ["issuer"] = issuer.Address, ["jwks_uri"] = $"{issuer.Address}/keys" })
        );
        app.MapGet("/keys", issuer.ShowKeys);
        await app.StartAsync();
        return issuer;
    }

    public void AddKey(string id) =>
        _keys[id] = new RsaSecurityKey(Pairs.GetOrAdd(id, _ => new Lazy<RSA>(() => RSA.Create(2048))).Value)
        {
            KeyId = id,
        };

    /// <summary>Shows the key no more. Whoever has it may sign with it still.</summary>
    public void Withdraw(string id) => _withdrawn.Add(id);

    public string Sign(string subject, Action<SecurityTokenDescriptor>? change = null, string key = "first")
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = Audience,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            Subject = new ClaimsIdentity([new Claim("sub", subject)]),
            SigningCredentials = new SigningCredentials(_keys[key], SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>The first key as anybody can read it: what a forger would sign with.</summary>
    public byte[] PublicKey => _keys["first"].Rsa.ExportSubjectPublicKeyInfo();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");

    private IResult ShowKeys()
    {
        Interlocked.Increment(ref _asked);
        var keys = _keys
            .Values.Where(key => !_withdrawn.Contains(key.KeyId))
            .Select(key =>
            {
                var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
                return (JsonNode)
                    new JsonObject
                    {
                        ["kty"] = "RSA",
                        ["use"] = "sig",
                        ["kid"] = key.KeyId,
                        ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
                        ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
                    };
            });
        return Json(new JsonObject { ["keys"] = new JsonArray([.. keys]) });
    }
}
