using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Hosting;

public sealed class SecurityHeadersTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    [Theory]
    [InlineData("/api/v1/video/formats")]
    [InlineData("/api/v1/no/such/thing")]
    [InlineData("/readyz")]
    public async Task A_browser_takes_an_answer_for_nothing_but_data(string path)
    {
        using var answer = await on.Server.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains(
            "frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
    }
}
