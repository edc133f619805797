using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Batches;

public abstract class BatchTests(DecantServer server)
{
    private const string Batches = "/api/v1/video/video-download/batches";
    private const string Slow = "paced/10000/0/media/small.mp4";

    [Fact]
    public async Task A_batch_tells_what_has_become_of_its_jobs_under_both_path_families()
    {
        var (id, jobs) = await BulkAsync(server.Http, "media/small.mp4?sum1", "media/small.mp4?sum2", $"{Slow}?sum3");
        await server.CompletionOfAsync(jobs[0]);
        await server.CompletionOfAsync(jobs[1]);

        var running = await BatchAsync(id);

        Assert.Equal("PROCESSING", running.Text("status"));
        Assert.Equal((2, 1, 0), Counts(running));
        Assert.InRange((double)running["progress"]!, 66.6, 99.9);
        Assert.Null(running["completed_at"]);
        Assert.Equal(18, running.Number("estimated_credits"));
        Assert.Equal(12, running.Number("credits_used"));
        await (await server.Http.PostAsync($"{Batches}/{id}/cancel", null)).ReadOkAsync();

        var ended = await BatchAsync(id);

        Assert.Equal("COMPLETED", ended.Text("status"));
        Assert.Equal((2, 0, 1), Counts(ended));
        Assert.Equal(100, (double)ended["progress"]!);
        Assert.NotNull(ended["completed_at"]);
        Assert.Equal(
            ended.Number("file_size"),
            (await server.JobAsync(jobs[0])).Number("file_size") + (await server.JobAsync(jobs[1])).Number("file_size")
        );
        var older = await (await server.Http.GetAsync($"/api/v1/video/batches/{id}")).ReadOkAsync();
        Assert.Equal(ended.ToJsonString(), older.ToJsonString());
    }

    [Fact]
    public async Task Cancelling_a_batch_stops_all_that_runs_or_waits_and_gives_the_money_back()
    {
        var (id, jobs) = await BulkAsync(
            server.Http,
            [.. Enumerable.Range(0, 6).Select(index => $"{Slow}?stop{index}")]
        );
        await server.WhenAsync(jobs[0], job => job.Text("stage") == "downloading");

        var batch = await (await server.Http.PostAsync($"{Batches}/{id}/cancel", null)).ReadOkAsync();
        await (await server.Http.PostAsync($"{Batches}/{id}/cancel", null)).ReadOkAsync();

        Assert.Equal("CANCELLED", batch.Text("status"));
        Assert.Equal((0, 0, 6), Counts(batch));
        Assert.Null(batch["archive_url"]);
        foreach (var job in jobs)
        {
            Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(job));
        }

        await server.RunsEndedAsync();
        Assert.Empty(server.FilesIn("work"));
    }

    [Fact]
    public async Task The_archive_holds_every_finished_file_as_it_is_under_a_name_of_its_own()
    {
        var answer = await server.PostAsync(
            "/api/v1/video/bulk-download",
            new
            {
                downloads = new object[]
                {
                    new { url = server.Origin("media/small.mp4?zip1"), output_filename = "../../Größe: 1/2.mp4" },
                    new { url = server.Origin("media/small.mp4?zip2"), output_filename = "größe_ 1_2.M4A" },
                    new { url = server.Origin("media/small.mp4?zip3"), include_thumbnail = true },
                    new { url = server.Origin("media/small.mp4?zip4") },
                },
                audio_only = true,
            }
        );
        var bulk = await answer.ReadOkAsync();
        var files = new List<string>();
        foreach (var job in bulk["jobs"]!.AsArray())
        {
            var id = (await server.CompletionOfAsync(job!.Number("id"))).Number("id");
            files.AddRange(
                server
                    .FilesIn("files")
                    .Where(path => Path.GetFileName(path).StartsWith($"{id}-", StringComparison.Ordinal))
            );
        }

        var batch = await BatchAsync(bulk.Text("batch_id"));
        // With no credential, as the other links.
        using var link = await server.Public.GetAsync(batch.Text("archive_url"));
        var bytes = await link.Content.ReadAsByteArrayAsync();
        var own = await server.Http.GetByteArrayAsync($"{Batches}/{bulk.Text("batch_id")}/archive");

        Assert.Equal("application/zip", link.Content.Headers.ContentType!.MediaType);
        Assert.Equal(bytes.Length, link.Content.Headers.ContentLength);
        Assert.Equal(bytes, own);
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(5, zip.Entries.Count);
        Assert.Equal(5, zip.Entries.Select(entry => entry.FullName.ToUpperInvariant()).Distinct().Count());
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.DoesNotContain(zip.Entries, entry => entry.FullName.Contains('/') || entry.FullName.StartsWith('.'));
        Assert.Equal(files.Select(Checksum).Order(), zip.Entries.Select(entry => Checksum(entry)).Order());
        await AssertGoesOnAsync(batch.Text("archive_url"), bytes, link.Headers.ETag!);
    }

    /// <summary>A download of an archive that was broken off is gone on with, as long as the archive is the same.</summary>
    private async Task AssertGoesOnAsync(string link, byte[] whole, EntityTagHeaderValue tag)
    {
        using var rest = new HttpRequestMessage(HttpMethod.Get, link)
        {
            Headers =
            {
                Range = new RangeHeaderValue(whole.Length / 2, null),
                IfRange = new RangeConditionHeaderValue(tag),
            },
        };
        using var answer = await server.Public.SendAsync(rest);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(whole[(whole.Length / 2)..], await answer.Content.ReadAsByteArrayAsync());

        using var other = new HttpRequestMessage(HttpMethod.Get, link)
        {
            Headers =
            {
                Range = new RangeHeaderValue(whole.Length / 2, null),
                IfRange = new RangeConditionHeaderValue("\"another\""),
            },
        };
        using var all = await server.Public.SendAsync(other);
        Assert.Equal(HttpStatusCode.OK, all.StatusCode);
    }

    [Fact]
    public async Task An_archive_of_nothing_yet_is_refused()
    {
        var (id, _) = await BulkAsync(server.Http, $"{Slow}?nothing");

        await (await server.Http.GetAsync($"{Batches}/{id}/archive")).ReadProblemAsync(409, "wrong_state");

        await (await server.Http.PostAsync($"{Batches}/{id}/cancel", null)).ReadOkAsync();
        await (await server.Http.GetAsync($"{Batches}/{id}/archive")).ReadProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task Deleting_a_batch_removes_its_jobs_and_their_files()
    {
        var (id, jobs) = await BulkAsync(server.Http, "media/small.mp4?gone1", $"{Slow}?gone2");
        var done = await server.CompletionOfAsync(jobs[0]);

        var answer = await (await server.Http.DeleteAsync($"{Batches}/{id}")).ReadOkAsync();

        Assert.Equal(2, answer.Number("jobs"));
        await (await server.Http.GetAsync($"{Batches}/{id}")).ReadProblemAsync(404, "not_found");
        await (await server.Http.GetAsync($"{JobFlow.Jobs}/{jobs[1]}")).ReadProblemAsync(404, "not_found");
        await (await server.Public.GetAsync(done.Text("download_url"))).ReadProblemAsync(404, "not_found");
        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(jobs[1]));
    }

    [Fact]
    public async Task Another_accounts_batch_is_not_there()
    {
        var (id, jobs) = await BulkAsync(server.Http, "media/small.mp4?others");
        await server.CompletionOfAsync(jobs[0]);
        using var stranger = await server.NewClientAsync();
        var path = $"{Batches}/{id}";

        await (await stranger.GetAsync(path)).ReadProblemAsync(404, "not_found");
        await (await stranger.GetAsync($"{path}/archive")).ReadProblemAsync(404, "not_found");
        await (await stranger.PostAsync($"{path}/cancel", null)).ReadProblemAsync(404, "not_found");
        await (await stranger.DeleteAsync(path)).ReadProblemAsync(404, "not_found");
        await (await server.Public.GetAsync(path)).ReadProblemAsync(401, "unauthenticated");
        var link = (await BatchAsync(id)).Text("archive_url");
        await (
            await server.Public.GetAsync(link.Replace(id, Guid.NewGuid().ToString(), StringComparison.Ordinal))
        ).ReadProblemAsync(403, "bad_signature");
        Assert.Equal("COMPLETED", (await BatchAsync(id)).Text("status"));
    }

    private async Task<JsonNode> BatchAsync(string id) =>
        await (await server.Http.GetAsync($"{Batches}/{id}")).ReadOkAsync();

    private async Task<(string Id, IReadOnlyList<long> Jobs)> BulkAsync(HttpClient client, params string[] sources)
    {
        var answer = await client.PostAsJsonAsync(
            "/api/v1/video/video-download/bulk-download",
            new { downloads = sources.Select(source => new { url = server.Origin(source), format = "m4a" }) }
        );
        var body = await answer.ReadOkAsync();
        return (body.Text("batch_id"), [.. body["jobs"]!.AsArray().Select(job => job!.Number("id"))]);
    }

    private static (long Completed, long Processing, long Cancelled) Counts(JsonNode batch) =>
        (
            batch["counts"]!.Number("completed"),
            batch["counts"]!.Number("processing"),
            batch["counts"]!.Number("cancelled")
        );

    private static string Checksum(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private static string Checksum(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        return Convert.ToHexString(SHA256.HashData(content));
    }
}

public sealed class BatchOnSqlite(ServerOn<Sqlite> on) : BatchTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class BatchOnPostgres(ServerOn<Postgres> on) : BatchTests(on.Server), IClassFixture<ServerOn<Postgres>>;
