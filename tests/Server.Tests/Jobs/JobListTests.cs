using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Requests;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

public abstract class JobListTests(DecantServer server) : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private HttpClient _http = null!;

    public async ValueTask InitializeAsync() => _http = await server.NewClientAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Jobs_are_found_by_batch_time_and_words_of_their_title()
    {
        var batch = Guid.NewGuid();
        var ids = await AddAsync(
            new Row("Deep Sea 100%", Day: 0, Batch: batch),
            new Row("Étude in C", Day: 1, Batch: batch),
            new Row("Renamed", Day: 2, CustomTitle: "The SEA again"),
            new Row("Something else", Day: 3)
        );

        Assert.Equal([ids[1], ids[0]], await IdsAsync($"batch_id={batch}"));
        Assert.Equal([ids[2], ids[0]], await IdsAsync("search=sea"));
        Assert.Equal([ids[0]], await IdsAsync("search=100%25"));
        Assert.Equal([ids[1]], await IdsAsync($"search={Uri.EscapeDataString("Étude")}"));
        Assert.Empty(await IdsAsync("search=Renamed"));
        Assert.Equal([ids[3], ids[2]], await IdsAsync("created_after=2026-01-03"));
        Assert.Equal(
            [ids[1]],
            await IdsAsync("created_after=2026-01-02T00:00:00Z&created_before=2026-01-03T01:00:00+01:00")
        );
        Assert.Equal([ids[0]], await IdsAsync($"batch_id={batch}&search=SEA&status=completed"));
    }

    [Theory]
    [InlineData("created_at", "0 1 2 3")]
    [InlineData("-created_at", "3 2 1 0")]
    [InlineData("title", "1 0 3 2")]
    [InlineData("-title", "2 3 0 1")]
    [InlineData("file_size", "2 0 3 1")]
    [InlineData("-duration", "3 0 2 1")]
    [InlineData("completed_at", "3 2 1 0")]
    public async Task Every_order_goes_on_from_its_cursor_whatever_comes_and_goes(string sort, string order)
    {
        var ids = await AddAsync(
            new Row("b", Day: 0, Size: 20, Seconds: 30, Done: 9),
            new Row("a", Day: 1, Size: 40, Seconds: 10, Done: 8),
            new Row("d", Day: 2, Size: null, Seconds: 20, Done: 7),
            // The same size as another: the number decides.
            new Row("c", Day: 3, Size: 20, Seconds: 40, Done: 6)
        );
        var wanted = order.Split(' ').Select(index => ids[int.Parse(index)]).ToList();

        var first = await ListAsync($"sort={sort}&limit=2");
        // What was shown is removed: a page by numbers would now leave one out.
        await _http.DeleteAsync($"{JobFlow.Jobs}/{wanted[1]}");
        var second = await ListAsync($"sort={sort}&limit=2&cursor={first.Text("next_cursor")}");

        Assert.Equal(wanted[..2], IdsOf(first));
        Assert.Equal(wanted[2..], IdsOf(second));
        Assert.Null(second["next_cursor"]);
    }

    [Theory]
    [InlineData("batch_id=seven", "batch_id")]
    [InlineData("created_after=yesterday", "created_after")]
    [InlineData("created_before=2026-13-01", "created_before")]
    [InlineData("sort=colour", "sort")]
    [InlineData("cursor=!!", "cursor")]
    [InlineData("cursor=e30", "cursor")]
    [InlineData("cursor=bnVsbA", "cursor")]
    // What only someone who made it himself would send: a NUL, and a time that is not in UTC.
    [InlineData("sort=title&cursor=eyJTb3J0IjoidGl0bGUiLCJLZXkiOiJcdTAwMDAiLCJJZCI6MX0", "cursor")]
    [InlineData(
        "sort=completed_at&cursor=eyJTb3J0IjoiY29tcGxldGVkX2F0IiwiS2V5IjoiMjAyNi0wMS0wMVQwMDowMDowMCswMjowMCIsIklkIjoxfQ",
        "cursor"
    )]
    public async Task What_means_nothing_is_refused_by_name(string query, string field)
    {
        var problem = await (await _http.GetAsync($"{JobFlow.Jobs}?{query}")).ReadProblemAsync(400, "invalid_request");

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task A_cursor_of_another_order_and_one_with_skip_are_refused()
    {
        await AddAsync(new Row("a"), new Row("b"));
        var cursor = (await ListAsync("limit=1")).Text("next_cursor");

        await (await _http.GetAsync($"{JobFlow.Jobs}?sort=title&cursor={cursor}")).ReadProblemAsync(
            400,
            "invalid_request"
        );
        await (await _http.GetAsync($"{JobFlow.Jobs}?skip=1&cursor={cursor}")).ReadProblemAsync(400, "invalid_request");
    }

    [Fact]
    public async Task Many_jobs_are_removed_at_once_and_only_ones_own()
    {
        using var stranger = await server.NewClientAsync();
        var theirs = await AddAsync(stranger, new Row("theirs"));
        var running = await _http.StartAsync(new { url = server.Origin("paced/10000/0/media/small.mp4?removed") });
        var done = await AddAsync(new Row("done"));

        var answer = await (
            await _http.PostAsJsonAsync($"{JobFlow.Jobs}/delete", new { ids = new[] { running, done[0], theirs[0] } })
        ).ReadOkAsync();

        Assert.Equal([running, done[0]], answer["deleted"]!.AsArray().Select(id => (long)id!).Order());
        Assert.Equal(theirs[0], (long)answer["not_found"]!.AsArray().Single()!);
        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(running));
        Assert.Equal(0, (await ListAsync("")).Number("total"));
        await (await stranger.GetAsync($"{JobFlow.Jobs}/{theirs[0]}")).ReadOkAsync();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ids": []}""")]
    public async Task Removing_none_is_refused(string body)
    {
        var answer = await _http.PostAsync($"{JobFlow.Jobs}/delete", new StringContent(body, null, "application/json"));

        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]!["ids"]);
    }

    private Task<IReadOnlyList<long>> AddAsync(params Row[] rows) => AddAsync(_http, rows);

    /// <summary>Jobs as they stand in the database when they are over.</summary>
    private async Task<IReadOnlyList<long>> AddAsync(HttpClient owner, params Row[] rows)
    {
        var hash = KeySecret.Hash(owner.DefaultRequestHeaders.GetValues("X-API-Key").Single());
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var account = (await db.ApiKeys.SingleAsync(key => key.Hash == hash)).AccountId;
        var jobs = rows.Select(row => row.Make(account)).ToList();
        db.Jobs.AddRange(jobs);
        await db.InWriteTransactionAsync(token => db.SaveChangesAsync(token), CancellationToken.None);
        return [.. jobs.Select(job => job.Id)];
    }

    private async Task<IReadOnlyList<long>> IdsAsync(string query) => IdsOf(await ListAsync(query));

    private async Task<JsonNode> ListAsync(string query) =>
        await (await _http.GetAsync($"{JobFlow.Jobs}?{query}")).ReadOkAsync();

    private static IReadOnlyList<long> IdsOf(JsonNode list) =>
        [.. list["items"]!.AsArray().Select(job => job!.Number("id"))];

    private sealed record Row(
        string Title,
        int Day = 0,
        int Done = 10,
        Guid? Batch = null,
        string? CustomTitle = null,
        long? Size = 1,
        double? Seconds = null
    )
    {
        public Job Make(long account) =>
            new()
            {
                TaskId = Guid.NewGuid(),
                AccountId = account,
                BatchId = Batch,
                Url = "https://media.lab.example/media/small.mp4",
                Platform = "other",
                OriginalTitle = Title,
                CustomTitle = CustomTitle,
                Format = "mp4",
                Request = new JobRequest(),
                Status = JobStatus.Completed,
                Stage = JobStage.Done,
                Progress = 100,
                FileSize = Size,
                Duration = Seconds,
                CreatedAt = Begin.AddDays(Day),
                CompletedAt = Begin.AddDays(Done),
            };
    }
}

public sealed class JobListOnSqlite(ServerOn<Sqlite> on) : JobListTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class JobListOnPostgres(ServerOn<Postgres> on)
    : JobListTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
