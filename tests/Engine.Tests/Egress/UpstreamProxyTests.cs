using System.Security.Cryptography;
using System.Text;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Egress;

public sealed class UpstreamProxyTests
{
    private static readonly EgressLimits Wide = new(1L << 30, TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(null)]
    [InlineData("operator:p@ss:word")]
    public async Task Names_are_left_to_the_proxy_for_us_and_for_children_alike(string? userInfo)
    {
        using var authority = new TestAuthority();
        await using var secure = await Origin.StartAsync(
            context => context.Response.WriteAsync("through a tunnel"),
            certificate: authority.Issue("media.example")
        );
        await using var proxy = new ForwardProxy(secure.Url.Port, userInfo);
        await using var gate = Gates.OpenResolving(
            _ => throw new InvalidOperationException("No name is looked up here."),
            new EgressOptions { Proxy = WithUserInfo(proxy.Url, userInfo), CaFile = authority.PemPath }
        );
        using var lease = gate.OpenLease(Wide);
        await gate.EnsureAllowedAsync(new Uri("https://media.example/a"), default);
        Assert.Equal("through a tunnel", await gate.Http.GetStringAsync(new Uri("https://media.example/a")));
        Assert.Equal(
            "GET http://media.example/b?c=%2F",
            await gate.Http.GetStringAsync(new Uri("http://media.example/b?c=%2F"))
        );
        await gate.CaBundleWritten;
        Assert.Equal(
            Sum("through a tunnel"),
            await Python.FetchAsync(lease, new Uri("https://media.example/a"), gate.CaBundle)
        );
        Assert.Equal(
            Sum("GET http://media.example:8080/b?c=%2F"),
            await Python.FetchAsync(lease, new Uri("http://media.example:8080/b?c=%2F"), null)
        );
        Assert.Equal(
            [
                "CONNECT media.example:443",
                "GET http://media.example/b?c=%2F",
                "CONNECT media.example:443",
                "GET http://media.example:8080/b?c=%2F",
            ],
            proxy.Requests
        );
    }

    [Theory]
    [InlineData("http://127.0.0.2/")]
    [InlineData("https://[::1]/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://localhost/")]
    public async Task Special_addresses_and_localhost_stay_refused_and_never_reach_the_proxy(string url)
    {
        await using var proxy = new ForwardProxy(0);
        await using var gate = Gates.Open(new EgressOptions { Proxy = proxy.Url });
        using var lease = gate.OpenLease(Wide);
        var target = new Uri(url);
        var early = await Assert.ThrowsAsync<MediaException>(() => gate.EnsureAllowedAsync(target, default));
        var late = await Assert.ThrowsAsync<MediaException>(() => gate.Http.GetStringAsync(target));
        Assert.Equal((MediaError.BlockedAddress, MediaError.BlockedAddress), (early.Error, late.Error));
        var authority = $"{target.Host}:{target.Port}";
        var answer = await RawClient.AskAsync(
            lease,
            $"CONNECT {authority} HTTP/1.1\r\n{RawClient.Authorization(lease)}\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 403 ", answer);
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task The_proxys_own_address_is_nothing_to_ask_for()
    {
        await using var proxy = new ForwardProxy(0);
        await using var gate = Gates.Open(new EgressOptions { Proxy = proxy.Url });
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.Http.GetStringAsync(proxy.Url));
        Assert.Equal(MediaError.BlockedAddress, error.Error);
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task An_allowed_address_is_reached_past_the_proxy()
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("direct"));
        await using var proxy = new ForwardProxy(0);
        await using var gate = Gates.Open(new EgressOptions { Proxy = proxy.Url, AllowedNetworks = ["127.0.0.1/32"] });
        using var lease = gate.OpenLease(Wide);
        Assert.Equal("direct", await gate.Http.GetStringAsync(origin.Url));
        Assert.Equal("direct", await gate.Http.GetStringAsync(new Uri($"http://localhost:{origin.Url.Port}/")));
        Assert.Equal(Sum("direct"), await Python.FetchAsync(lease, origin.Url, null));
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task A_redirect_from_the_far_side_to_an_allowed_address_is_checked_like_any_other()
    {
        await using var inside = await Origin.StartAsync(context => context.Response.WriteAsync("secret"), "127.0.0.2");
        using var authority = new TestAuthority();
        await using var secure = await Origin.StartAsync(
            context =>
            {
                context.Response.Redirect(inside.Url.ToString());
                return Task.CompletedTask;
            },
            certificate: authority.Issue("media.example")
        );
        await using var proxy = new ForwardProxy(secure.Url.Port);
        await using var gate = Gates.Open(new EgressOptions { Proxy = proxy.Url, CaFile = authority.PemPath });
        var error = await Assert.ThrowsAsync<MediaException>(() =>
            gate.Http.GetStringAsync(new Uri("https://media.example/"))
        );
        Assert.Equal(MediaError.BlockedAddress, error.Error);
        Assert.Equal(0, inside.Hits);
    }

    [Fact]
    public async Task NO_PROXY_in_our_environment_leads_nobody_round_the_proxy()
    {
        await using var proxy = new ForwardProxy(0);
        Environment.SetEnvironmentVariable("NO_PROXY", "*");
        try
        {
            await using var gate = Gates.Open(new EgressOptions { Proxy = proxy.Url });
            using var lease = gate.OpenLease(Wide);
            Assert.Equal("GET http://media.example/", await gate.Http.GetStringAsync(new Uri("http://media.example/")));
            Assert.Equal(
                Sum("GET http://media.example/"),
                await Python.FetchAsync(lease, new Uri("http://media.example/"), null)
            );
        }
        finally
        {
            Environment.SetEnvironmentVariable("NO_PROXY", null);
        }
    }

    [Fact]
    public async Task A_proxy_that_wants_other_credentials_is_a_bad_gateway_for_children()
    {
        await using var proxy = new ForwardProxy(0, "operator:right");
        await using var gate = Gates.Open(new EgressOptions { Proxy = WithUserInfo(proxy.Url, "operator:wrong") });
        using var lease = gate.OpenLease(Wide);
        var answer = await RawClient.AskAsync(
            lease,
            $"CONNECT media.example:443 HTTP/1.1\r\n{RawClient.Authorization(lease)}\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 502 ", answer);
        Assert.Contains("407", answer);
        Assert.Null(lease.Denial);
    }

    [Theory]
    [InlineData("https://proxy.example:3128")]
    [InlineData("socks5://proxy.example:1080")]
    [InlineData("//proxy")]
    public void A_proxy_of_another_kind_is_named_with_its_setting(string proxy)
    {
        var error = Assert.Throws<EgressSettingException>(() =>
            Gates.Open(new EgressOptions { Proxy = new Uri(proxy, UriKind.RelativeOrAbsolute) })
        );
        Assert.Equal("Egress__Proxy", error.Setting);
    }

    private static Uri WithUserInfo(Uri url, string? userInfo)
    {
        var parts = userInfo?.Split(':', 2);
        return parts is null
            ? url
            : new UriBuilder(url)
            {
                UserName = Uri.EscapeDataString(parts[0]),
                Password = Uri.EscapeDataString(parts[1]),
            }.Uri;
    }

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
