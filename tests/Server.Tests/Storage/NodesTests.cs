using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Decant.Server.Data;
using Decant.Server.Files;
using Decant.Server.Storage;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Fixture.Swift;
using Decant.Server.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Decant.Server.Tests.Storage;

/// <summary>Two nodes of one PostgreSQL and one storage.</summary>
public sealed class NodesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_of_one_node_is_good_on_the_other_and_what_one_deletes_is_gone_from_both(bool isS3)
    {
        await using var nodes = await Nodes.StartAsync(isS3);
        var id = await nodes.One.StartAsync(new { url = nodes.One.Origin("media/small.mp4?link"), format = "m4a" });
        var made = await nodes.One.CompletionOfAsync(id);
        var link = new Uri(made.Text("download_url")).PathAndQuery;

        var bytes = await nodes.One.Public.GetByteArrayAsync(link);
        Assert.Equal(made.Number("file_size"), bytes.Length);
        Assert.Equal(bytes, await nodes.Other.Public.GetByteArrayAsync(link));
        using var ask = new HttpRequestMessage(HttpMethod.Get, link)
        {
            Headers = { Range = RangeHeaderValue.Parse("bytes=0-9,500-599") },
        };
        using var parts = await nodes.Other.Public.SendAsync(ask);
        Assert.Equal(HttpStatusCode.PartialContent, parts.StatusCode);
        using var head = new HttpRequestMessage(HttpMethod.Head, link);
        using var headAnswer = await nodes.Other.Public.SendAsync(head);
        Assert.Equal(bytes.Length, headAnswer.Content.Headers.ContentLength);
        Assert.Equal((await nodes.One.Public.GetAsync(link)).Headers.ETag, headAnswer.Headers.ETag);

        await (await nodes.Other.Http.DeleteAsync($"{JobFlow.Jobs}/{id}")).ReadOkAsync();

        await (await nodes.One.Public.GetAsync(link)).ReadProblemAsync(404, "not_found");
        Assert.Empty(await nodes.KeysAsync());
    }

    [Fact]
    public async Task A_batch_is_whole_on_the_node_that_made_none_of_it_or_is_refused()
    {
        await using var nodes = await Nodes.StartAsync(isS3: true);
        var downloads = new[] { "zip1", "zip2" }.Select(name => new
        {
            url = nodes.One.Origin($"media/small.mp4?{name}"),
        });
        var answer = await (
            await nodes.One.PostAsync("/api/v1/video/bulk-download", new { downloads, audio_only = true })
        ).ReadOkAsync();
        var batch = answer.Text("batch_id");
        foreach (var job in answer["jobs"]!.AsArray())
        {
            await nodes.One.CompletionOfAsync(job!.Number("id"));
        }

        var archive = $"/api/v1/video/batches/{batch}/archive";
        await using var zip = new ZipArchive(await nodes.Other.Http.GetStreamAsync(archive));
        Assert.Equal(2, zip.Entries.Count);
        Assert.All(zip.Entries, entry => Assert.True(entry.Length > 1000));

        var key = (await nodes.KeysAsync())[0];
        await nodes.One.Get<IStorage>().DeleteAsync(key, CancellationToken.None);
        await (await nodes.Other.Http.GetAsync(archive)).ReadProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task Expired_files_and_files_of_nobody_are_removed_by_whichever_node()
    {
        await using var nodes = await Nodes.StartAsync(
            isS3: true,
            "Files:TimeToLive=00:00:01",
            "Storage:OrphanAge=00:00:01"
        );
        var id = await nodes.One.StartAsync(new { url = nodes.One.Origin("media/small.mp4?orphan"), format = "m4a" });
        await nodes.One.CompletionOfAsync(id);
        var path = Path.GetTempFileName();
        await nodes.One.Get<IStorage>().PutAsync(path, StorageKey.New(id + 1000, "mp4"), CancellationToken.None);
        Assert.Equal(2, (await nodes.KeysAsync()).Count);

        // A second is the least that either may be set to.
        using var patience = new CancellationTokenSource(Quiet.Patience);
        while ((await nodes.KeysAsync()).Count > 0)
        {
            await LoopOf<FileJanitor>(nodes.Other).RunAsync(patience.Token);
            await LoopOf<OrphanSweep>(nodes.Other).RunAsync(patience.Token);
        }
    }

    [Fact]
    public async Task A_link_leads_to_the_storage_itself_where_the_operator_wants_it()
    {
        await using var nodes = await Nodes.StartAsync(isS3: true, "Storage:S3:Redirect=true");
        var id = await nodes.One.StartAsync(
            new
            {
                url = nodes.One.Origin("media/small.mp4?direct"),
                format = "m4a",
                output_filename = "mein Lied",
            }
        );
        var made = await nodes.One.CompletionOfAsync(id);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var link = new Uri(nodes.Other.Public.BaseAddress!, new Uri(made.Text("download_url")).PathAndQuery);

        using var redirect = await browser.GetAsync(link);

        Assert.Equal(HttpStatusCode.Found, redirect.StatusCode);
        using var file = await browser.GetAsync(redirect.Headers.Location);
        Assert.Equal(made.Number("file_size"), (await file.Content.ReadAsByteArrayAsync()).Length);
        Assert.Equal("audio/mp4", file.Content.Headers.ContentType?.MediaType);
        Assert.Contains("mein", file.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_node_with_local_storage_is_refused()
    {
        var database = $"ConnectionStrings:Decant={await Postgres.CreateAsync()}";
        await using var one = await DecantServer.StartAsync<Sqlite>(
            database,
            "Storage:IsShared=false",
            "Storage:Path="
        );

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() =>
            DecantServer.StartAsync<Sqlite>(database, "Storage:IsShared=false", "Storage:Path=")
        );

        Assert.Contains("Storage__IsShared", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_waits_for_the_connection_of_one_that_has_just_ended()
    {
        var database = await Postgres.CreateAsync();
        await using var ended = new NpgsqlConnection($"{database};Pooling=false");
        await ended.OpenAsync();
        await using var claim = new NpgsqlCommand($"SELECT pg_advisory_lock({StorageClaim.Lock})", ended);
        await claim.ExecuteNonQueryAsync();

        var starting = DecantServer.StartAsync<Sqlite>(
            $"ConnectionStrings:Decant={database}",
            "Storage:IsShared=false",
            "Storage:Path="
        );
        await LockWaits.UntilOneAsync(database);
        await ended.CloseAsync();

        await using var next = await starting;
        Assert.Equal(HttpStatusCode.OK, (await next.Http.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task A_second_node_with_another_storage_is_refused()
    {
        await using var nodes = await Nodes.StartAsync(isS3: true);
        var other = await (await ObjectStorage.Server).CreateBucketAsync();

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() =>
            DecantServer.StartAsync<Sqlite>([nodes.Database, .. other])
        );

        Assert.Contains("does not fit", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SwiftServer.Secret, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_whose_link_key_is_another_one_is_refused()
    {
        await using var nodes = await Nodes.StartAsync(isS3: true);
        await using var third = await DecantServer.PrepareAsync<Sqlite>([nodes.Database, .. nodes.Settings]);
        await File.WriteAllBytesAsync(Path.Combine(third.DataDirectory, "link.key"), new byte[32]);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => third.StartAsync());

        Assert.Contains("link.key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_whose_storage_is_away_waits_for_it_and_completes()
    {
        await using var swift = await SwiftServer.StartAsync();
        string[] settings = await swift.CreateBucketAsync();
        await using var server = await DecantServer.StartAsync<Sqlite>(settings);
        var before = await server.CompletionOfAsync(
            await server.StartAsync(new { url = server.Origin("media/small.mp4?before"), format = "m4a" })
        );
        await swift.KillAsync();

        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?away"), format = "m4a" });
        await server.WhenAsync(id, job => job.Text("stage") == "storing");
        await (await server.Public.GetAsync(new Uri(before.Text("download_url")))).ReadProblemAsync(503, "overloaded");
        await swift.StartAgainAsync();

        var job = await server.CompletionOfAsync(id);
        Assert.Equal(1, job.Number("attempts"));
        Assert.Equal(2, (await swift.KeysInAsync(settings)).Count);
    }

    private static TLoop LoopOf<TLoop>(DecantServer server)
        where TLoop : IHostedService => server.Services.GetServices<IHostedService>().OfType<TLoop>().Single();

    private sealed class Nodes(DecantServer one, DecantServer other, string database, string[] settings)
        : IAsyncDisposable
    {
        public DecantServer One => one;
        public DecantServer Other => other;
        public string Database => database;
        public IReadOnlyList<string> Settings => settings;

        public static async Task<Nodes> StartAsync(bool isS3, params string[] more)
        {
            var database = $"ConnectionStrings:Decant={await Postgres.CreateAsync()}";
            string[] settings = isS3 ? [.. await (await ObjectStorage.Server).CreateBucketAsync(), .. more] : more;
            var one = await DecantServer.StartAsync<Sqlite>([database, .. settings]);
            return new Nodes(one, await DecantServer.StartAsync<Sqlite>([database, .. settings]), database, settings);
        }

        /// <returns>What is stored.</returns>
        public async Task<IReadOnlyList<string>> KeysAsync() =>
            await one.Get<IStorage>()
                .ListAsync(TimeProvider.System.GetUtcNow().AddDays(1), CancellationToken.None)
                .Where(key => StorageKey.JobOf(key) is not null)
                .ToListAsync();

        public async ValueTask DisposeAsync()
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
        }
    }
}
