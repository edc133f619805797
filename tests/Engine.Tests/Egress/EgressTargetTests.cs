using Decant.Engine.Egress;
using Decant.Engine.Errors;

namespace Decant.Engine.Tests.Egress;

public sealed class EgressTargetTests
{
    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0x7F.0.0.0x1/")]
    [InlineData("http://127。0。0。1/")]
    [InlineData("http://１２７.0.0.1/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/")]
    [InlineData("http://user:password@127.0.0.1/")]
    [InlineData("http://example.com@127.0.0.1/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://media.localhost/")]
    [InlineData("http://ip6-loopback/")]
    public async Task Every_way_to_write_this_machine_is_seen_through(string url)
    {
        await using var gate = Gates.Open(new EgressOptions());
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.EnsureAllowedAsync(new Uri(url), default));
        Assert.True(error.Error == MediaError.BlockedAddress || error.Error == MediaError.InvalidUrl, error.Message);
    }

    [Theory]
    [InlineData("2130706433:80")]
    [InlineData("0x7f.1:80")]
    [InlineData("0177.0.0.1:443")]
    [InlineData("127.1:8080")]
    [InlineData("[::1]:443")]
    [InlineData("[::ffff:127.0.0.1]:443")]
    [InlineData("localhost:443")]
    [InlineData("a.b.localhost.:443")]
    public void What_a_tunnel_request_writes_is_seen_through_too(string authority) =>
        Assert.NotNull(EgressTarget.Parse(authority).Addresses);

    [Theory]
    [InlineData("example.com")]
    [InlineData("example.com:")]
    [InlineData("example.com:+80")]
    [InlineData("example.com: 80")]
    [InlineData("example.com:80x")]
    [InlineData("::1:80")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("[::1:80")]
    [InlineData(":80")]
    [InlineData("a..b:80")]
    [InlineData("1.2.3.4.5:80")]
    [InlineData("1.2.3.999:80")]
    [InlineData("example.0x7f:80")]
    [InlineData("exa\0mple.com:80")]
    [InlineData("exam ple.com:80")]
    [InlineData("user@example.com:80")]
    [InlineData("example.com/x:80")]
    [InlineData("example.com%00.org:80")]
    public void What_is_no_host_and_port_is_refused(string authority) =>
        Assert.Equal(MediaError.InvalidUrl, Assert.Throws<MediaException>(() => EgressTarget.Parse(authority)).Error);

    [Theory]
    [InlineData(80, true)]
    [InlineData(443, true)]
    [InlineData(1024, true)]
    [InlineData(65535, true)]
    [InlineData(0, false)]
    [InlineData(22, false)]
    [InlineData(25, false)]
    [InlineData(81, false)]
    [InlineData(1023, false)]
    [InlineData(65536, false)]
    public void Ports_80_and_443_and_1024_up_are_reachable(int port, bool reachable)
    {
        if (reachable)
        {
            Assert.Equal(port, EgressTarget.Parse($"example.com:{port}").Port);
            return;
        }
        var error = Assert.Throws<MediaException>(() => EgressTarget.Parse($"example.com:{port}"));
        Assert.Equal(MediaError.BlockedAddress, error.Error);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/a.mp4")]
    [InlineData("gopher://example.com/")]
    [InlineData("data:text/html,x")]
    public void Only_http_and_https_are_addresses_here(string url) =>
        Assert.Equal(MediaError.InvalidUrl, Assert.Throws<MediaException>(() => EgressTarget.Of(new Uri(url))).Error);

    [Theory]
    [InlineData("http://EXAMPLE.com./", "example.com", 80)]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example", 443)]
    [InlineData("http://my_bucket.example:8080/", "my_bucket.example", 8080)]
    public void A_name_is_kept_in_the_form_that_is_looked_up(string url, string host, int port)
    {
        var target = EgressTarget.Of(new Uri(url));
        Assert.Equal((host, port), (target.Host, target.Port));
        Assert.Null(target.Addresses);
    }
}
