using Decant.Engine.Errors;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Queue;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Platforms;

public abstract class CircuitTests<TDatabase>
    where TDatabase : ITestDatabase
{
    private const string Info = "/api/v1/video/info";
    private const string Refused = "https://www.youtube.com/watch?v=botcheck001";
    private const string Open = "https://www.youtube.com/watch?v=circuit0001";

    [Fact]
    public async Task A_platform_that_refuses_again_and_again_is_left_alone_and_shows_in_readyz()
    {
        await using var server = await StartAsync("Platforms:Pause=00:10:00");
        await RefuseAsync(server);
        await RefuseAsync(server);

        var answer = await server.PostAsync(Info, new { url = Open });

        var problem = await answer.ReadProblemAsync(503, "source_rate_limited");
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 500, 600);
        Assert.True((bool)problem["retryable"]!);
        var ready = await (await server.Public.GetAsync("/readyz")).ReadOkAsync();
        Assert.Equal("degraded", ready.Text("status"));
        Assert.Contains(ready["parts"]!.AsArray(), part => part!.Text("name") == "platform youtube");
        await (await server.PostAsync(Info, new { url = "https://vimeo.com/100000001" })).ReadOkAsync();
    }

    [Fact]
    public async Task A_success_between_starts_the_count_anew()
    {
        await using var server = await StartAsync("Platforms:Pause=00:10:00");
        await RefuseAsync(server);
        await (await server.PostAsync(Info, new { url = Open })).ReadOkAsync();

        await RefuseAsync(server);

        Assert.Empty(await server.Get<PlatformCircuits>().OpenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task When_its_time_is_over_one_tries_and_closes_it()
    {
        await using var server = await StartAsync("Platforms:Pause=00:10:00");
        var circuits = server.Get<PlatformCircuits>();
        await OpenAsync(circuits, TimeSpan.Zero);
        await OpenAsync(circuits, TimeSpan.Zero);
        await server.ElapseAsync();

        await (await server.PostAsync(Info, new { url = Open })).ReadOkAsync();

        Assert.Empty(await circuits.OpenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Of_all_who_ask_when_its_time_is_over_one_may_try()
    {
        await using var server = await StartAsync("Platforms:Pause=00:10:00");
        var circuits = server.Get<PlatformCircuits>();
        await OpenAsync(circuits, TimeSpan.Zero);
        await OpenAsync(circuits, TimeSpan.Zero);
        await server.ElapseAsync();

        var passages = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => circuits.PassAsync("youtube", CancellationToken.None))
        );

        Assert.Single(passages, passage => passage.IsTrial);
        Assert.Equal(7, passages.Count(passage => passage.OpenUntil is not null));
    }

    [Fact]
    public async Task A_longer_pause_that_the_platform_asks_for_is_given_up_to_the_longest()
    {
        await using var server = await StartAsync("Platforms:Pause=00:00:10", "Platforms:LongestPause=00:30:00");
        var circuits = server.Get<PlatformCircuits>();

        await OpenAsync(circuits, TimeSpan.FromHours(2));
        var until = await OpenAsync(circuits, TimeSpan.FromHours(2));

        Assert.InRange((until!.Value - TimeProvider.System.GetUtcNow()).TotalMinutes, 29, 30.1);
    }

    [Fact]
    public async Task Refusals_of_those_who_had_asked_before_it_opened_do_not_keep_it_open_for_longer()
    {
        await using var server = await StartAsync("Platforms:Pause=00:01:00", "Platforms:TrialTime=00:30:00");
        var circuits = server.Get<PlatformCircuits>();
        await OpenAsync(circuits, TimeSpan.Zero);
        var until = await OpenAsync(circuits, TimeSpan.Zero);

        var after = await OpenAsync(circuits, TimeSpan.Zero);

        Assert.InRange((after!.Value - until!.Value).TotalSeconds, -0.01, 0.01);

        await server.ElapseAsync();
        Assert.True((await circuits.PassAsync("youtube", CancellationToken.None)).IsTrial);
        var longer = await OpenAsync(circuits, TimeSpan.Zero);
        Assert.InRange((longer!.Value - TimeProvider.System.GetUtcNow()).TotalMinutes, 1.8, 2);
    }

    [Fact]
    public async Task Jobs_of_a_platform_that_refuses_wait_with_all_their_attempts_and_run_when_it_answers()
    {
        await using var server = await StartAsync("Platforms:Pause=00:10:00", "Jobs:Workers=1");
        var circuits = server.Get<PlatformCircuits>();
        var busy = await server.KeepBusyAsync("circuit");
        var id = await server.StartAsync(new { url = Open, audio_only = true });
        await OpenAsync(circuits, TimeSpan.Zero);
        await OpenAsync(circuits, TimeSpan.Zero);
        await server.CancelAsync(busy);
        var waiting = await server.WhenAsync(id, job => job.Text("stage") == "parked");
        Assert.Equal("PROCESSING", waiting.Text("status"));
        Assert.Equal(0, waiting.Number("attempts"));

        await server.ElapseAsync();
        await server.Get<JobQueue>().WakeRefusedAsync("youtube", CancellationToken.None);

        var job = await server.CompletionOfAsync(id);
        Assert.Equal(1, job.Number("attempts"));
        Assert.Empty(await circuits.OpenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_waits_for_the_rest_of_the_web()
    {
        await using var server = await StartAsync("Platforms:RefusalsToOpen=1");

        var until = await server
            .Get<PlatformCircuits>()
            .RefusedAsync("other", new MediaException(MediaError.SourceBlocked, "No."), CancellationToken.None);

        Assert.Null(until);
    }

    private static async Task<DecantServer> StartAsync(params string[] settings) =>
        await DecantServer.StartAsync<TDatabase>(["Platforms:RefusalsToOpen=2", .. settings]);

    private static async Task RefuseAsync(DecantServer server) =>
        await (await server.PostAsync(Info, new { url = Refused })).ReadProblemAsync(403, "source_blocked");

    private static Task<DateTimeOffset?> OpenAsync(PlatformCircuits circuits, TimeSpan retryAfter) =>
        circuits.RefusedAsync(
            "youtube",
            new MediaException(MediaError.SourceRateLimited, "Slowly.") { RetryAfter = retryAfter },
            CancellationToken.None
        );
}

public sealed class CircuitsOnSqlite : CircuitTests<Sqlite>;

public sealed class CircuitsOnPostgres : CircuitTests<Postgres>;
