using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

/// <summary>Somebody with an account: what they know, and a client that sends their token.</summary>
internal sealed record Person(
    long Id,
    string Email,
    string Password,
    HttpClient Http,
    string AccessToken,
    string RefreshToken
)
{
    public const string Auth = "/api/v1/auth";
    public const string Admin = "/api/v1/admin";

    public static async Task<Person> RegisterAsync(DecantServer server)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        const string password = "river otter lantern";
        var answer = await server.Public.PostAsJsonAsync(
            $"{Auth}/register",
            new
            {
                email,
                password,
                full_name = "Ada Byron",
            }
        );
        return Of(server.Public.BaseAddress!, await answer.ReadOkAsync(), password);
    }

    public async Task<Person> SignInAsync(HttpClient http) =>
        Of(http.BaseAddress!, await (await http.SignInAsync(Email, Password)).ReadOkAsync(), Password);

    /// <summary>Makes a key of this account's, and a client that sends it.</summary>
    public async Task<(HttpClient Http, JsonNode Key)> KeyAsync(params string[] scopes)
    {
        var key = await (await Http.PostAsJsonAsync($"{Auth}/api-keys", new { name = "Test", scopes })).ReadOkAsync();
        return (Http.BaseAddress!.WithKey(key.Text("key")), key);
    }

    private static Person Of(Uri server, JsonNode tokens, string password) =>
        new(
            tokens["user"]!.Number("id"),
            tokens["user"]!.Text("email"),
            password,
            server.WithToken(tokens.Text("access_token")),
            tokens.Text("access_token"),
            tokens.Text("refresh_token")
        );
}

internal static class Clients
{
    public static HttpClient WithToken(this Uri server, string token) =>
        new(new DocumentedAnswers())
        {
            BaseAddress = server,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };

    /// <summary>Somebody without a credential at another address of this machine.</summary>
    public static HttpClient From(this Uri server, string address) =>
        new(
            new DocumentedAnswers(
                new SocketsHttpHandler
                {
                    ConnectCallback = async (context, cancellationToken) =>
                    {
                        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                        return new NetworkStream(socket, ownsSocket: true);
                    },
                }
            )
        )
        {
            BaseAddress = server,
        };

    public static HttpClient WithKey(this Uri server, string key) =>
        new(new DocumentedAnswers()) { BaseAddress = server, DefaultRequestHeaders = { { "X-API-Key", key } } };

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient http, string username, string password) =>
        http.PostAsync(
            $"{Person.Auth}/token",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "password",
                    ["username"] = username,
                    ["password"] = password,
                }
            )
        );

    public static Task<HttpResponseMessage> RefreshAsync(this HttpClient http, string refreshToken) =>
        http.PostAsJsonAsync($"{Person.Auth}/refresh", new { refresh_token = refreshToken });

    public static Task<HttpResponseMessage> MeAsync(this HttpClient http) => http.GetAsync($"{Person.Auth}/me");
}
