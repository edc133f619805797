using System.Net;
using System.Text.RegularExpressions;

namespace Decant.Server.Tests.Accounts;

/// <summary>A browser as far as this needs one: cookies, redirects, and the provider's two forms.</summary>
internal sealed partial class SignInBrowser : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly CookieContainer _cookies = new();
    private readonly Uri _server;

    public SignInBrowser(Uri server)
    {
        _server = server;
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false })
        {
            BaseAddress = server,
        };
    }

    public HttpClient Http { get; }

    public List<string> SessionCookies { get; } = [];

    public void Dispose() => Http.Dispose();

    /// <returns>The last request.</returns>
    public Task<HttpRequestMessage> SignInAsync(string name, string returnTo) =>
        SignInAtAsync(name, $"{Person.Auth}/oidc?back={Uri.EscapeDataString(returnTo)}");

    /// <param name="name">Who signs in.</param>
    /// <param name="address">Address that leads to the provider.</param>
    /// <returns>The last request: the one that came back.</returns>
    public async Task<HttpRequestMessage> SignInAtAsync(string name, string address)
    {
        var answer = await GetAsync(address);
        // The form for the name, then the one for the consent; then the way back, which leads to no form of the provider's.
        while (answer.RequestMessage!.RequestUri!.Authority != _server.Authority)
        {
            var page = await answer.Content.ReadAsStringAsync(Stop);
            Assert.True(answer.IsSuccessStatusCode, page);
            var fields = Field
                .Matches(page)
                .ToDictionary(field => field.Groups["name"].Value, field => field.Groups["value"].Value);
            if (fields.GetValueOrDefault("prompt") == "login")
            {
                (fields["login"], fields["password"]) = (name, "anything");
            }

            using var form = new FormUrlEncodedContent(fields);
            answer = await FollowAsync(
                await Http.PostAsync(
                    new Uri(answer.RequestMessage.RequestUri, Action.Match(page).Groups["url"].Value),
                    form,
                    Stop
                )
            );
        }

        return answer.RequestMessage;
    }

    /// <returns>The last request.</returns>
    public async Task<HttpRequestMessage> FollowAsync(string address) => (await GetAsync(address)).RequestMessage!;

    private async Task<HttpResponseMessage> GetAsync(string address) =>
        await FollowAsync(await Http.GetAsync(address, Stop));

    private async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer)
    {
        while (true)
        {
            SessionCookies.AddRange(
                answer.Headers.TryGetValues("Set-Cookie", out var cookies)
                    ? cookies.Where(cookie => cookie.StartsWith("decant_session=", StringComparison.Ordinal))
                    : []
            );
            if (answer.Headers.Location is not { } next)
            {
                return answer;
            }

            answer = await Http.GetAsync(new Uri(answer.RequestMessage!.RequestUri!, next), Stop);
        }
    }

    [GeneratedRegex(
        """<form[^>]* action="(?<url>[^"]+)" """,
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Action { get; }

    [GeneratedRegex(
        """<input[^>]* name="(?<name>[^"]+)"([^>]* value="(?<value>[^"]*)")?""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Field { get; }
}
