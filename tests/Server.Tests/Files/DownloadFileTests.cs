using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Decant.Server.Data;
using Decant.Server.Files;
using Decant.Server.Jobs;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Decant.Server.Tests.Files;

public sealed class DownloadFileTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private readonly DecantServer _server = on.Server;

    [Fact]
    public async Task A_file_is_served_with_its_name_type_and_validators()
    {
        var job = await JobAsync("whole", new { format = "m4a", output_filename = "mein Lied/№1.mp4" });

        var answer = await _server.Public.GetAsync(Link(job));

        var headers = answer.Content.Headers;
        Assert.Equal("audio/mp4", headers.ContentType!.MediaType);
        Assert.Equal(job.Number("file_size"), headers.ContentLength);
        Assert.Equal("mein Lied_№1.m4a", headers.ContentDisposition!.FileNameStar);
        Assert.Equal("attachment", headers.ContentDisposition.DispositionType);
        Assert.False(answer.Headers.ETag!.IsWeak);
        Assert.NotNull(headers.LastModified);
        Assert.Equal(["bytes"], answer.Headers.AcceptRanges);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains(
            "sandbox",
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Head_answers_as_get_without_the_bytes()
    {
        var job = await JobAsync("head");

        var get = await _server.Public.GetAsync(Link(job));
        using var request = new HttpRequestMessage(HttpMethod.Head, Link(job));
        var head = await _server.Public.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_part_is_served_alone()
    {
        var job = await JobAsync("part");
        var whole = await _server.Public.GetByteArrayAsync(Link(job));

        var answer = await GetAsync(job, "bytes=1000-1999");

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal($"bytes 1000-1999/{whole.Length}", answer.Content.Headers.ContentRange!.ToString());
        Assert.Equal(whole[1000..2000], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(whole[^500..], await (await GetAsync(job, "bytes=-500")).Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Several_parts_are_served_in_one_answer()
    {
        var job = await JobAsync("parts");
        var whole = await _server.Public.GetByteArrayAsync(Link(job));

        var answer = await GetAsync(job, "bytes=0-99,1000-1099,-50");

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        var type = answer.Content.Headers.ContentType!;
        Assert.Equal("multipart/byteranges", type.MediaType);
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        var boundary = type.Parameters.Single(parameter => parameter.Name == "boundary").Value!;
        var parts = Split(body, boundary);
        Assert.Equal(
            [
                $"bytes 0-99/{whole.Length}",
                $"bytes 1000-1099/{whole.Length}",
                $"bytes {whole.Length - 50}-{whole.Length - 1}/{whole.Length}",
            ],
            parts.Select(part => part.Range)
        );
        Assert.Equal([whole[..100], whole[1000..1100], whole[^50..]], parts.Select(part => part.Bytes));
    }

    [Fact]
    public async Task What_the_file_does_not_have_is_416()
    {
        var job = await JobAsync("beyond");

        var answer = await GetAsync(job, "bytes=99999999-");

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal($"bytes */{job.Number("file_size")}", answer.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task A_part_of_another_version_is_not_given()
    {
        var job = await JobAsync("version");
        var etag = (await _server.Public.GetAsync(Link(job))).Headers.ETag!;

        Assert.Equal(
            HttpStatusCode.PartialContent,
            (
                await GetAsync(
                    job,
                    "bytes=0-9",
                    request => request.Headers.IfRange = new RangeConditionHeaderValue(etag)
                )
            ).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await GetAsync(
                    job,
                    "bytes=0-9",
                    request => request.Headers.IfRange = new RangeConditionHeaderValue("\"another\"")
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task What_the_client_has_is_not_sent_again()
    {
        var job = await JobAsync("known");
        var first = await _server.Public.GetAsync(Link(job));

        var byTag = await GetAsync(job, null, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        var byDate = await GetAsync(
            job,
            null,
            request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified
        );
        var other = await GetAsync(job, null, request => request.Headers.IfMatch.ParseAdd("\"another\""));

        Assert.Equal(HttpStatusCode.NotModified, byTag.StatusCode);
        Assert.Equal(first.Headers.ETag, byTag.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, byDate.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, other.StatusCode);
    }

    [Fact]
    public async Task A_link_that_was_changed_opens_nothing()
    {
        var job = await JobAsync("changed");
        var other = await JobAsync("victim");
        var link = Link(job);

        foreach (
            var changed in (string[])
                [
                    link.AbsolutePath,
                    link.PathAndQuery.Replace($"video_{job["id"]}.", $"video_{other["id"]}.", StringComparison.Ordinal),
                    link.PathAndQuery.Replace(".m4a?", ".mp4?", StringComparison.Ordinal),
                    link.PathAndQuery.Replace("video_", "thumbnail_", StringComparison.Ordinal),
                    link.PathAndQuery.Replace("expires=", "expires=9", StringComparison.Ordinal),
                    link.PathAndQuery[..^1],
                    "/download/../../etc/passwd?expires=1&signature=00",
                    "/download/%2e%2e%2flink.key?expires=99999999999&signature=00",
                ]
        )
        {
            var answer = await _server.Public.GetAsync(changed);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound,
                $"{changed}: {answer.StatusCode}"
            );
        }

        await (await _server.Public.GetAsync(link.AbsolutePath)).ReadProblemAsync(403, "bad_signature");
    }

    [Fact]
    public async Task A_link_works_for_its_time_alone()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Files:LinkTimeToLive=00:00:01");
        var job = await server.CompletionOfAsync(
            await server.StartAsync(new { url = server.Origin("media/small.mp4?shortlived"), format = "m4a" })
        );
        var link = new Uri(job.Text("download_url"));

        // The link's own second, and nothing to be woken by but the clock.
        HttpResponseMessage answer;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            answer = await server.Public.GetAsync(link);
        } while (answer.StatusCode == HttpStatusCode.OK && await timer.WaitForNextTickAsync());

        await answer.ReadProblemAsync(403, "bad_signature");
        Assert.Equal(
            HttpStatusCode.OK,
            (await server.Public.GetAsync((await server.JobAsync(job.Number("id"))).Text("download_url"))).StatusCode
        );
    }

    [Fact]
    public async Task When_their_time_is_over_the_files_go_and_the_job_stays()
    {
        var job = await JobAsync("expired", new { format = "m4a", include_thumbnail = true });
        var id = job.Number("id");
        await using (var db = await _server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            await db
                .Jobs.Where(one => one.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.ExpiresAt, DateTimeOffset.UnixEpoch));
        }

        await Janitor().RunAsync(CancellationToken.None);

        var after = await _server.JobAsync(id);
        Assert.Equal("COMPLETED", after.Text("status"));
        Assert.Null(after["download_url"]);
        Assert.Null(after["thumbnail_url"]);
        Assert.DoesNotContain(
            _server.FilesIn("files"),
            path => Path.GetFileName(path).StartsWith($"{id}-", StringComparison.Ordinal)
        );
        await (await _server.Public.GetAsync(Link(job))).ReadProblemAsync(404, "not_found");
    }

    private FileJanitor Janitor() =>
        _server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<FileJanitor>().Single();

    private static Uri Link(JsonNode job) => new(job.Text("download_url"));

    private async Task<JsonNode> JobAsync(string name, object? more = null)
    {
        var request = System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { format = "m4a" })!;
        request["url"] = _server.Origin($"media/small.mp4?{name}");
        return await _server.CompletionOfAsync(await _server.StartAsync(request));
    }

    private async Task<HttpResponseMessage> GetAsync(
        JsonNode job,
        string? range,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Link(job));
        if (range is not null)
        {
            request.Headers.Range = RangeHeaderValue.Parse(range);
        }

        change?.Invoke(request);
        return await _server.Public.SendAsync(request);
    }

    private static List<(string Range, byte[] Bytes)> Split(byte[] body, string boundary)
    {
        // Latin 1 gives every byte a character of its own, so text may be cut and bytes come out.
        var text = Encoding.Latin1.GetString(body);
        Assert.EndsWith($"\r\n--{boundary}--\r\n", text, StringComparison.Ordinal);
        return
        [
            .. text.Split($"\r\n--{boundary}\r\n")[1..]
                .Select(part =>
                    part.Replace($"\r\n--{boundary}--\r\n", "", StringComparison.Ordinal).Split("\r\n\r\n", 2)
                )
                .Select(part =>
                    (
                        part[0]
                            .Split("\r\n")
                            .Single(line => line.StartsWith("Content-Range: ", StringComparison.Ordinal))[15..],
                        Encoding.Latin1.GetBytes(part[1])
                    )
                ),
        ];
    }
}
