using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Hosting;

/// <summary>Headers that keep a browser from taking an answer for anything else. Those of every documented answer are looked at wherever a test gets one (<see cref="DocumentedAnswers"/>).</summary>
public sealed class SecurityHeadersTests(MeasuredServer on) : IClassFixture<MeasuredServer>
{
    [Theory]
    [InlineData("GET /", 200)]
    [InlineData("GET /api/v1/video/formats", 200)]
    [InlineData("GET /api/v1/no/such/thing", 404)]
    [InlineData("GET /no/such/room", 404)]
    [InlineData("DELETE /api/v1/video/formats", 405)]
    [InlineData("POST /api/v1/video/download", 400)]
    [InlineData("GET /api/v1/video/video-download/events", 200)]
    [InlineData("GET /healthz", 200)]
    [InlineData("GET /readyz", 200)]
    [InlineData("GET /metrics", 200)]
    [InlineData("GET /mcp", 405)]
    [InlineData("GET /docs", 301)]
    [InlineData("GET /docs/index.html", 200)]
    [InlineData("GET /docs/swagger-ui.css", 200)]
    [InlineData("GET /openapi/v1.json", 200)]
    [InlineData("GET /.well-known/oauth-protected-resource", 404)]
    [InlineData("GET /download/1/none.mp4", 404)]
    public Task A_browser_takes_an_answer_for_nothing_but_what_it_is(string asked, int status) =>
        AssertKeptAsync(asked.Split(' ')[0], asked.Split(' ')[1], status);

    [Fact]
    public async Task A_file_is_kept_from_it_too_whole_in_part_and_not_changed()
    {
        var id = await on.Server.StartAsync(new { url = on.Server.Origin("media/small.mp4?kept"), format = "m4a" });
        var link = (await on.Server.CompletionOfAsync(id)).Text("download_url");

        var tag = (await AssertKeptAsync("GET", link, 200)).Headers.ETag!.ToString();

        await AssertKeptAsync("HEAD", link, 200);
        await AssertKeptAsync("GET", link, 206, ("Range", "bytes=0-9"));
        await AssertKeptAsync("GET", link, 416, ("Range", "bytes=999999999-"));
        await AssertKeptAsync("GET", link, 304, ("If-None-Match", tag));
        await AssertKeptAsync("GET", $"{link}0", 403);
    }

    private async Task<HttpResponseMessage> AssertKeptAsync(
        string method,
        string path,
        int status,
        (string Name, string Value)? header = null
    )
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = on.Server.Http.BaseAddress,
        };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-API-Key", DecantServer.Key);
        request.Headers.Add("Authorization", $"Bearer {MeasuredServer.Key}");
        if (header is { } one)
        {
            request.Headers.TryAddWithoutValidation(one.Name, one.Value);
        }

        var answer = await http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(status, (int)answer.StatusCode);
        DocumentedAnswers.AssertKept(request.RequestUri!, answer);
        return answer;
    }
}

/// <summary>A server whose figures may be read with a key.</summary>
public sealed class MeasuredServer : IAsyncLifetime
{
    public const string Key = "a key for whoever measures";

    public DecantServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await DecantServer.StartAsync<Sqlite>($"Telemetry:MetricsKey={Key}");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
