using System.Net;
using System.Net.Sockets;
using System.Text;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Hosting;

public abstract class RequestLimitTests(DecantServer server)
{
    [Fact]
    public async Task Ten_megabytes_are_refused_with_the_limit()
    {
        using var content = Json($$"""{"url": "{{new string('a', 10 << 20)}}"}""");

        using var request = new HttpRequestMessage(HttpMethod.Post, JobFlow.Download);
        request.Content = content;
        // Asks first: who sends at once may find the connection closed before having sent it all.
        request.Headers.ExpectContinue = true;
        var problem = await (await server.Http.SendAsync(request)).ReadProblemAsync(413, "too_large");

        Assert.Equal(1 << 20, problem.Number("max_bytes"));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(100_000)]
    public async Task JSON_nested_deeper_than_anything_means_is_refused(int depth)
    {
        using var content = Json($$"""{"x": {{new string('[', depth)}}{{new string(']', depth)}}}""");

        await (await server.Http.PostAsync(JobFlow.Download, content)).ReadProblemAsync(400, "invalid_request");
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xC3, 0x28, 0x22 })]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    [InlineData(new byte[] { 0x22, (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0', 0x22 })]
    public async Task Text_that_is_none_is_refused(byte[] text)
    {
        using var content = new ByteArrayContent([.. "{\"url\": "u8, .. text, .. "}"u8]);
        content.Headers.ContentType = new("application/json");

        await (await server.Http.PostAsync(JobFlow.Download, content)).ReadProblemAsync(400, "invalid_request");
    }

    [Fact]
    public async Task A_text_that_no_database_keeps_is_the_clients_fault()
    {
        using var content = Json(
            $$"""{"url": "{{server.Origin("media/small.mp4?nul")}}", "format": "m4a", "output_filename": "a\u0000b"}"""
        );

        var answer = await server.Http.PostAsync(JobFlow.Download, content);

        Assert.True((int)answer.StatusCode is 200 or 400, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task More_headers_than_anybody_sends_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, JobFlow.Jobs);
        for (var index = 0; index < 100; index++)
        {
            request.Headers.Add($"X-{index}", "1");
        }

        var answer = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET /api/v1/video/jobs?limit=1 HTTP/1.0\r\nX-API-Key: {0}\r\n\r\n")]
    [InlineData("GET /api/v1/video/jobs?limit=1 HTTP/1.1\r\nHost: \r\nConnection: close\r\nX-API-Key: {0}\r\n\r\n")]
    [InlineData(
        "GET /api/v1/video/jobs?limit=1 HTTP/1.1\r\nHost: a:99999\r\nConnection: close\r\nX-API-Key: {0}\r\n\r\n"
    )]
    public async Task A_request_for_no_host_is_not_the_servers_fault(string request)
    {
        await server.StartAsync(new { url = server.Origin("media/small.mp4?host"), format = "m4a" });

        var answer = await SendRawAsync(string.Format(null, request, DecantServer.Key));

        Assert.StartsWith("HTTP/1.1 400 ", answer);
    }

    private async Task<string> SendRawAsync(string request)
    {
        var address = server.Http.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}

public sealed class RequestLimitsOnSqlite(ServerOn<Sqlite> on)
    : RequestLimitTests(on.Server),
        IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class RequestLimitsOnPostgres(ServerOn<Postgres> on)
    : RequestLimitTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
