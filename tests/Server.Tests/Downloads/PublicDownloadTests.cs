using System.Net.Http.Json;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

public sealed class PublicDownloadTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private const string Path = "/api/v1/video/public/download";

    private readonly DecantServer _server = on.Server;

    [Fact]
    public async Task A_stranger_gets_a_file_for_nothing_and_sees_that_job_alone()
    {
        var answer = await PostAsync(
            new
            {
                url = _server.Origin("media/small.mp4?public"),
                format = "mp3",
                quality = "128kbps",
            }
        );
        var body = await answer.ReadOkAsync();
        Assert.Equal(0, body.Number("estimated_credits"));
        var status = new Uri(body["job"]!.Text("status_url"));
        var token = body["job"]!.Text("access_token");
        Assert.Equal($"?token={token}", status.Query);

        var job = await (await _server.Public.GetAsync(status)).ReadOkAsync();
        Assert.Equal("PROCESSING", job.Text("status"));
        Assert.Null(job["access_token"]);
        using var inHeader = new HttpRequestMessage(HttpMethod.Get, status.AbsolutePath);
        inHeader.Headers.Add("X-Access-Token", token);
        Assert.Equal(job.Number("id"), (await (await _server.Public.SendAsync(inHeader)).ReadOkAsync()).Number("id"));
        var other = (await (await PostAsync(new { url = _server.Origin("media/small.mp4?other") })).ReadOkAsync())[
            "job"
        ]!;
        await RefusedAsync($"/api/v1/video/public/jobs/{other.Number("id")}?token={token}");
        await RefusedAsync(status.AbsolutePath);
        await RefusedAsync($"{status.AbsolutePath}?token=");

        job = await _server.PublicEndOfAsync(status.OriginalString);
        Assert.Equal("COMPLETED", job.Text("status"));
        Assert.Null(job["billed_to"]);
        Assert.Equal(0, job.Number("credits_used"));
        Assert.Equal(
            "mp3",
            (await Probe.ReadAsync(await _server.Public.GetByteArrayAsync(job.Text("download_url")))).Format
        );
        Assert.Empty(await _server.EntriesOfAsync(body["job"]!.Number("id")));
    }

    [Theory]
    [InlineData("webm", null, "format")]
    [InlineData("m4a", null, "format")]
    [InlineData("mp4", "1440p", "quality")]
    [InlineData("mp4", "4K", "quality")]
    public async Task What_needs_a_key_is_refused_by_name(string format, string? quality, string field)
    {
        var answer = await PostAsync(
            new
            {
                url = _server.Origin("media/small.mp4"),
                format,
                quality,
            }
        );

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task More_than_ten_minutes_needs_a_key()
    {
        var url = LabPages.YouTube("eleven00660");

        var problem = await (await PostAsync(new { url, format = "mp3" })).ReadProblemAsync(413, "too_long");

        Assert.Equal((660, 600), (problem.Number("duration"), problem.Number("max_duration")));
        await (await _server.PostAsync(JobFlow.Download, new { url, format = "m4a" })).ReadOkAsync();
    }

    private Task<HttpResponseMessage> PostAsync(object body) => _server.Public.PostAsJsonAsync(Path, body);

    private async Task RefusedAsync(string path) =>
        await (await _server.Public.GetAsync(path)).ReadProblemAsync(404, "not_found");
}
