using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Sandbox;

/// <summary>The program on a kernel without Landlock: what the others hold is there, and what is not is said.</summary>
public sealed class LackingKernelTests : IAsyncLifetime
{
    private const string Lacking = "does not keep children to: only their own files (Landlock, Linux 5.13)";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("decant-lacking-");
    private readonly HeardLog _log = new();

    private string WithoutLandlock => Path.Combine(_folder.FullName, "without-landlock");

    public async ValueTask InitializeAsync() =>
        await CompiledProgram.MakeAsync("without_landlock.c", "-o", WithoutLandlock);

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_does_not_start_where_all_layers_are_required()
    {
        await using var server = await DecantServer.PrepareAsync<Sqlite>("Sandbox:Required=true");

        var (code, _, errors) = await ServerProcess.RunAsync(["serve", .. server.Arguments], within: WithoutLandlock);

        Assert.NotEqual(0, code);
        Assert.Contains("Sandbox__Required", errors, StringComparison.Ordinal);
        Assert.Contains(Lacking, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_where_they_are_required_and_hold()
    {
        await using var server = await DecantServer.PrepareAsync<Sqlite>("Sandbox:Required=true");

        using var process = await ServerProcess.StartAsync(server.Arguments, log: _log.Hear);

        await (await process.Http.GetAsync("/readyz")).ReadOkAsync();
        await _log.LineAsync("every layer holds");
    }

    [Fact]
    public async Task Otherwise_the_start_and_the_readiness_say_what_is_lacking_and_jobs_are_done()
    {
        await using var server = await DecantServer.PrepareAsync<Sqlite>();
        using var process = await ServerProcess.StartAsync(server.Arguments, log: _log.Hear, within: WithoutLandlock);

        var readiness = await (await process.Http.GetAsync("/readyz")).ReadOkAsync();
        var part = readiness["parts"]!.AsArray().Single(one => one!.Text("name") == "sandbox")!;
        var url = server.Origin("media/small.mp4?lacking");
        await process.Http.CompletionOfAsync(await process.Http.StartAsync(new { url, format = "mp3" }));

        await _log.LineAsync(Lacking);
        Assert.Contains(Lacking, part.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_says_what_is_lacking()
    {
        var (_, output, _) = await ServerProcess.RunAsync(
            ["doctor", $"--data={Path.Combine(_folder.FullName, "data")}"],
            within: WithoutLandlock
        );

        Assert.Matches(
            @"(?m)^note +sandbox +this kernel \(Landlock 0\) "
                + Lacking.Replace("(", @"\(", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal),
            output
        );
    }

    [Fact]
    public async Task A_server_that_runs_as_root_is_warned_of()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "For root alone.");
        await using var server = await DecantServer.PrepareAsync<Sqlite>();

        using var process = await ServerProcess.StartAsync(server.Arguments, log: _log.Hear);

        await _log.LineAsync("The service runs as root: give it a user of its own");
    }
}
