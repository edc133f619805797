using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Hosting;

/// <summary>Strangers are told apart by the limit on their calls.</summary>
public sealed class TrustedProxiesTests
{
    private const string Info = "/api/v1/video/public/info";

    [Fact]
    public async Task Behind_a_trusted_proxy_the_client_is_the_last_address_that_no_trusted_proxy_has()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            "RateLimits:PublicInfo=1",
            "Proxies:Trusted:0=127.0.0.0/8",
            "Proxies:Trusted:1=10.1.2.3"
        );

        Assert.Equal(400, await CallAsync(server, "198.51.100.1"));
        Assert.Equal(429, await CallAsync(server, "198.51.100.1"));
        // What a client writes stands to the left of what the proxies add.
        Assert.Equal(429, await CallAsync(server, "203.0.113.9, 198.51.100.1"));
        Assert.Equal(429, await CallAsync(server, "203.0.113.9, 198.51.100.1, 10.1.2.3"));
        Assert.Equal(400, await CallAsync(server, "198.51.100.1, 203.0.113.9"));
        // A /64 is one client.
        Assert.Equal(400, await CallAsync(server, "2001:db8:1:2::1"));
        Assert.Equal(429, await CallAsync(server, "2001:db8:1:2:ffff::9"));
        Assert.Equal(400, await CallAsync(server, "2001:db8:1:3::1"));
    }

    [Fact]
    public async Task From_anybody_else_the_header_means_nothing()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            "RateLimits:PublicInfo=1",
            "Proxies:Trusted:0=10.0.0.0/8"
        );

        Assert.Equal(400, await CallAsync(server, "198.51.100.1"));
        Assert.Equal(429, await CallAsync(server, "198.51.100.2"));
    }

    [Theory]
    [InlineData("127.0.0.1", "https://media.example.org/")]
    [InlineData("10.0.0.0/8", null)]
    public async Task Links_name_the_forwarded_origin_from_a_trusted_proxy_alone(string trusted, string? origin)
    {
        await using var server = await DecantServer.StartAsync<Sqlite>($"Proxies:Trusted:0={trusted}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/video/public/download");
        request.Content = JsonContent.Create(
            new { url = new Uri(server.Lab.PublicOrigin, "media/small.mp4?links").AbsoluteUri, format = "mp3" }
        );
        request.Headers.Add("X-Forwarded-For", "198.51.100.1");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "media.example.org");

        var job = (await (await server.Public.SendAsync(request)).ReadOkAsync())["job"]!;

        Assert.StartsWith(origin ?? server.Public.BaseAddress!.AbsoluteUri, (string?)job["status_url"]);
    }

    private static async Task<int> CallAsync(DecantServer server, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Info);
        request.Content = JsonContent.Create(new { url = "nonsense" });
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        return (int)(await server.Public.SendAsync(request)).StatusCode;
    }
}
