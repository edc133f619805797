using Decant.Engine.Egress;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Egress;

public sealed class PlatformProxyTests
{
    private static readonly EgressLimits Wide = new(1L << 30, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_platforms_pages_and_media_go_through_its_own_proxy_and_all_else_through_the_general_one()
    {
        using var authority = new TestAuthority();
        await using var secure = await Origin.StartAsync(
            context => context.Response.WriteAsync("through a tunnel"),
            certificate: authority.Issue("www.youtube.com")
        );
        await using var general = new ForwardProxy(secure.Url.Port);
        await using var own = new ForwardProxy(secure.Url.Port, "operator:secret");
        await using var gate = Gates.OpenResolving(
            _ => throw new InvalidOperationException("No name is looked up here."),
            new EgressOptions
            {
                Proxy = general.Url,
                ProxyByPlatform = new Dictionary<string, Uri>
                {
                    ["youtube"] = new UriBuilder(own.Url) { UserName = "operator", Password = "secret" }.Uri,
                },
                CaFile = authority.PemPath,
            }
        );
        using var lease = gate.OpenLease(Wide);

        await gate.Http.GetStringAsync(new Uri("https://www.youtube.com/watch"));
        await gate.CaBundleWritten;
        await Python.FetchAsync(lease, new Uri("https://www.youtube.com/player"), gate.CaBundle);
        await gate.Http.GetStringAsync(new Uri("http://rr1---sn-lab.googlevideo.com/videoplayback"));
        await gate.Http.GetStringAsync(new Uri("http://notyoutube.com/a"));
        await gate.Http.GetStringAsync(new Uri("http://media.example/b"));

        Assert.Equal(
            [
                "CONNECT www.youtube.com:443",
                "CONNECT www.youtube.com:443",
                "GET http://rr1---sn-lab.googlevideo.com/videoplayback",
            ],
            own.Requests
        );
        Assert.Equal(["GET http://notyoutube.com/a", "GET http://media.example/b"], general.Requests);
    }

    [Fact]
    public async Task Without_a_general_one_all_else_goes_straight()
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("straight"));
        await using var own = new ForwardProxy(origin.Url.Port);
        await using var gate = Gates.Open(
            new EgressOptions
            {
                ProxyByPlatform = new Dictionary<string, Uri> { ["vimeo"] = own.Url },
                AllowedNetworks = ["127.0.0.1/32"],
            }
        );

        Assert.Equal("straight", await gate.Http.GetStringAsync(origin.Url));
        await gate.Http.GetStringAsync(new Uri("http://player.vimeo.com/video/1"));

        Assert.Equal(["GET http://player.vimeo.com/video/1"], own.Requests);
    }

    [Theory]
    [InlineData("youtube", "https://127.0.0.1:1")]
    [InlineData("geocities", "http://127.0.0.1:1")]
    public void A_proxy_that_is_none_or_of_no_platform_is_refused_by_its_setting(string platform, string address)
    {
        var refusal = Assert.Throws<EgressSettingException>(() =>
            Gates.Open(
                new EgressOptions { ProxyByPlatform = new Dictionary<string, Uri> { [platform] = new(address) } }
            )
        );

        Assert.Contains($"Egress__ProxyByPlatform__{platform}", refusal.Message);
    }
}
