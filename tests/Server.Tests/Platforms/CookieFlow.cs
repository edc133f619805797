using System.Net.Http.Json;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Platforms;

/// <summary>A private post of the lab, the cookies that open it, and the calls with them.</summary>
internal static class CookieFlow
{
    public const string Cookies = "/api/v1/video/cookies";
    public const string Private = "https://www.instagram.com/p/Cgated00001/";
    public const string Netscape =
        "# Netscape HTTP Cookie File\n#HttpOnly_.instagram.com\tTRUE\t/\tTRUE\t4102444800\tsessionid\tlab\n"
        + ".instagram.com\tTRUE\t/\tTRUE\t0\tds_user_id\t55\n.example.org\tTRUE\t/\tFALSE\t0\tother\tsecret\n";

    public static Task<HttpResponseMessage> PutAsync(HttpClient http, object cookies) =>
        http.PutAsJsonAsync(Cookies, new { platform = "instagram", cookies });

    public static Task<HttpResponseMessage> LookUpAsync(HttpClient http, string url) =>
        http.PostAsJsonAsync("/api/v1/video/info", new { url });
}

/// <summary>Test classes that share one server.</summary>
[CollectionDefinition]
public sealed class CookieServers<TDatabase> : ICollectionFixture<OpenServerOn<TDatabase>>
    where TDatabase : ITestDatabase;
