using System.Diagnostics;
using System.Text.Json.Nodes;
using Decant.Engine.Tests.Extracting.YtDlp;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Upkeep;

/// <summary>The real server on a real extractor that is replaced under it.</summary>
public abstract class UpkeepTests<TDatabase>
    where TDatabase : ITestDatabase
{
    private const string Extractor = $"{Person.Admin}/extractor";
    private const string Info = "/api/v1/video/info";
    private const string Older = "2026.10.01";
    private const string Newer = "2026.11.20";

    [Fact]
    public async Task A_running_job_is_finished_across_a_reload_and_the_next_is_the_new_extractors()
    {
        using var copy = new ExtractorCopy(Older);
        await using var server = await StartAsync(copy);
        Assert.Equal(Older, (await ExtractorAsync(server)).Text("version"));
        var files = new HeldFiles(server.Lab);
        var id = await server.StartAsync(new { url = files.Hold("reload"), format = "m4a" });
        await server.WhenAsync(id, job => job.Text("stage") == "downloading");
        copy.Call(Newer);

        var view = await ReloadAsync(server);
        files.Release();

        Assert.Equal(Newer, view.Text("version"));
        Assert.Equal("2026-11-20", view.Text("released_on"));
        Assert.Equal(Path.Combine(copy.Folder, "yt_dlp"), view.Text("path"));
        Assert.Equal(Environment.MachineName, view.Text("node"));
        Assert.Equal((Older, Newer), (view["last_reload"]!.Text("from"), view["last_reload"]!.Text("to")));
        Assert.Null(view["last_reload"]!["error"]);
        var job = await server.CompletionOfAsync(id);
        Assert.Equal(1, job.Number("attempts"));
        var again = await server.StartAsync(new { url = server.Origin("media/small.mp4?reloaded"), format = "m4a" });
        Assert.Equal(await HashAsync(await server.CompletionOfAsync(again)), await HashAsync(job));
        var audit = await (await server.Http.GetAsync($"{Person.Admin}/audit?action=extractor_reloaded")).ReadOkAsync();
        Assert.Equal(1, audit.Number("total"));
    }

    [Fact]
    public async Task What_does_not_start_is_told_everywhere_and_the_present_one_goes_on()
    {
        using var copy = new ExtractorCopy(Older);
        await using var server = await StartAsync(copy);
        await (await server.PostAsync(Info, new { url = server.Origin("media/small.mp4?before") })).ReadOkAsync();
        copy.Call(Newer);
        copy.Break();

        var view = await ReloadAsync(server);

        Assert.True((bool)view["ready"]!);
        Assert.Equal(Older, view.Text("version"));
        Assert.Contains("SyntaxError", view["last_reload"]!.Text("error"));
        var readiness = await (await server.Public.GetAsync("/readyz")).ReadOkAsync();
        var part = readiness["parts"]!.AsArray().Single(part => part!.Text("name") == "extractor")!;
        Assert.Contains($"yt-dlp {Older}, and not what has replaced it", part.Text("detail"));
        await (await server.PostAsync(Info, new { url = server.Origin("media/small.mp4?after") })).ReadOkAsync();
        Assert.Contains(
            "SyntaxError",
            await File.ReadAllTextAsync(Path.Combine(server.DataDirectory, "extractor.json"))
        );
    }

    [Fact]
    public async Task How_platforms_answer_is_remembered_over_restarts_and_told_apart()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>();
        await (await server.PostAsync(Info, new { url = "https://www.youtube.com/watch?v=upkeep00001" })).ReadOkAsync();
        var changed = await server.PostAsync(Info, new { url = "https://www.facebook.com/watch/?v=700000000000008" });
        await changed.ReadProblemAsync(502, "source_failed");
        var before = await ExtractorAsync(server);

        await server.RestartAsync();

        var after = await ExtractorAsync(server);
        Assert.Equal(before["platforms"]!.ToJsonString(), after["platforms"]!.ToJsonString());
        Assert.NotNull(Platform(after, "youtube")["last_success_at"]);
        Assert.Empty(Platform(after, "youtube")["recent_failures"]!.AsArray());
        Assert.Null(Platform(after, "facebook")["last_success_at"]);
        var failure = Assert.Single(Platform(after, "facebook")["recent_failures"]!.AsArray())!;
        Assert.Equal(("source_failed", 1), (failure.Text("code"), failure.Number("count")));
        Assert.Null(Platform(after, "vimeo")["last_success_at"]);
    }

    protected static JsonNode Platform(JsonNode view, string name) =>
        view["platforms"]!.AsArray().Single(platform => platform!.Text("platform") == name)!;

    protected static async Task<JsonNode> ExtractorAsync(DecantServer server)
    {
        await (await server.Public.GetAsync("/readyz")).ReadOkAsync();
        return await (await server.Http.GetAsync(Extractor)).ReadOkAsync();
    }

    private static async Task<JsonNode> ReloadAsync(DecantServer server) =>
        await (await server.Http.PostAsync($"{Extractor}/reload", null)).ReadOkAsync();

    private static Task<DecantServer> StartAsync(ExtractorCopy copy) =>
        DecantServer.StartAsync<TDatabase>($"Extractor:Folder={copy.Folder}", "Extractor:LookEvery=00:10:00");

    /// <summary>Of the sound alone: the tags name the addresses, which differ.</summary>
    private static async Task<string> HashAsync(JsonNode job)
    {
        using var ffmpeg = Process.Start(
            new ProcessStartInfo(
                "ffmpeg",
                ["-v", "error", "-i", job.Text("download_url"), "-map", "0:a", "-c", "copy", "-f", "md5", "-"]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var hash = await ffmpeg.StandardOutput.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        Assert.StartsWith("MD5=", hash);
        return hash;
    }
}

[Long]
public sealed class UpkeepOnSqlite : UpkeepTests<Sqlite>
{
    [Fact]
    public async Task The_doctor_reads_what_a_server_left_while_it_runs()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();
        const string Changed = "https://www.facebook.com/watch/?v=700000000000008";
        for (var time = 0; time < 3; time++)
        {
            await (await server.PostAsync("/api/v1/video/info", new { url = Changed })).ReadProblemAsync(
                502,
                "source_failed"
            );
        }

        await (await server.PostAsync("/api/v1/video/info", new { url = "https://vimeo.com/100000001" })).ReadOkAsync();
        await ExtractorAsync(server);

        var (code, output) = await DoctorProcess.RunAsync(server.DataDirectory);

        Assert.Equal(6, code);
        Assert.Matches(@"(?m)^problem +facebook +no success in 90 days, and since then source_failed, 3 times", output);
        Assert.Matches(@"(?m)^ok +vimeo +last success \d{4}-", output);
        Assert.Matches(@"(?m)^ok +server +it ran yt-dlp 20", output);
    }
}

public sealed class UpkeepOnPostgres : UpkeepTests<Postgres>
{
    [Fact]
    public async Task What_one_node_saw_all_know()
    {
        var database = $"ConnectionStrings:Decant={await Postgres.CreateAsync()}";
        await using var one = await DecantServer.StartAsync<Sqlite>(database);
        await using var other = await DecantServer.StartAsync<Sqlite>(database);
        await (await one.PostAsync("/api/v1/video/info", new { url = "https://vimeo.com/100000001" })).ReadOkAsync();

        var mine = await ExtractorAsync(one);

        Assert.NotNull(Platform(mine, "vimeo")["last_success_at"]);
        Assert.Equal(mine["platforms"]!.ToJsonString(), (await ExtractorAsync(other))["platforms"]!.ToJsonString());
    }
}
