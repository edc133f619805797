using System.Net;
using Decant.Lab;

namespace Decant.Engine.Tests.Lab;

public sealed class ProxyTests(LabFixture fixture)
{
    [Theory]
    [InlineData("https://media.lab.example/media/small.mp4")]
    [InlineData("http://media.lab.example/media/small.mp4")]
    public async Task The_origin_has_a_public_name_behind_the_proxy(string url)
    {
        var file = await fixture.Lab.Media.GetAsync("small.mp4", TestContext.Current.CancellationToken);

        Assert.Equal(file.Length, (await fixture.Proxied.GetByteArrayAsync(url)).Length);
    }

    [Fact]
    public async Task A_host_nobody_emulates_is_a_bad_gateway()
    {
        using var answer = await fixture.Proxied.GetAsync("https://nobody.example/");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Whoever_reaches_an_internal_address_is_counted()
    {
        await using var lab = await LabInternet.StartAsync(new LabOptions(), TestContext.Current.CancellationToken);
        using var proxied = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(lab.Proxy) });

        var direct = await fixture.Direct.GetStringAsync(lab.InternalService.Url);
        var metadata = await proxied.GetStringAsync("http://169.254.169.254/latest/meta-data/");

        Assert.Contains(lab.InternalService.Secret, direct, StringComparison.Ordinal);
        Assert.Contains(lab.InternalService.Secret, metadata, StringComparison.Ordinal);
        Assert.Equal(2, lab.InternalService.Hits);
        Assert.Equal(0, fixture.Lab.InternalService.Hits);
    }
}
