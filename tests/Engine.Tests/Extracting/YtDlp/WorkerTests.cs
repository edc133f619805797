using System.Diagnostics;
using System.IO.Compression;
using Decant.Engine.Errors;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Tests.Egress;
using Decant.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>The process itself, without the gate: what happens when it dies, or never lived.</summary>
public sealed class WorkerTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private LabInternet _lab = null!;
    private Worker _worker = null!;

    public async ValueTask InitializeAsync()
    {
        _lab = await LabInternet.StartAsync(new LabOptions(), default);
        _worker = Create(new EngineOptions());
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task A_warm_worker_says_what_it_runs_on()
    {
        Assert.False(_worker.Status.Ready);
        await _worker.GetProcessAsync(default);
        Assert.True(_worker.Status.Ready);
        Assert.Matches(@"^\d{4}\.\d\d\.\d\d", _worker.Status.Version);
        Assert.Null(_worker.Status.Reason);
    }

    [Fact]
    public async Task When_it_dies_those_who_wait_hear_of_it_and_the_next_are_served()
    {
        var process = await _worker.GetProcessAsync(default);
        var waiting = process.AskAsync(Look("/silent/small.mp4"), Minute, null, default);
        await _lab.Requests.WaitForAsync("/silent/small.mp4", 1, default);
        Kill(process.Id);
        await Assert.ThrowsAsync<WorkerLostException>(() => waiting);
        await process.Ended;
        // The loop that keeps it alive hears of its death when we do; asking the dead again is an error like any other.
        WorkerReply? reply = null;
        while (reply is null)
        {
            var next = await _worker.GetProcessAsync(default);
            reply = await AskOrLoseAsync(next);
        }

        Assert.IsType<WorkerReply.Answered>(reply);
    }

    [Fact]
    public async Task Its_children_die_with_it()
    {
        var process = await _worker.GetProcessAsync(default);
        var waiting = process.AskAsync(Look("/silent/small.mp4"), Minute, null, default);
        await _lab.Requests.WaitForAsync("/silent/small.mp4", 1, default);
        var child = Assert.Single(ChildrenOf(process.Id));
        using var watched = Process.GetProcessById(child);
        Kill(process.Id);
        await Assert.ThrowsAsync<WorkerLostException>(() => waiting);
        await watched.WaitForExitAsync();
    }

    [Fact]
    public async Task It_ends_with_its_children_when_its_stdin_closes()
    {
        var process = await _worker.GetProcessAsync(default);
        var waiting = process.AskAsync(Look("/silent/small.mp4"), Minute, null, default);
        await _lab.Requests.WaitForAsync("/silent/small.mp4", 1, default);
        using var parent = Process.GetProcessById(process.Id);
        using var child = Process.GetProcessById(Assert.Single(ChildrenOf(process.Id)));
        await _worker.DisposeAsync();
        await Task.WhenAll(parent.WaitForExitAsync(), child.WaitForExitAsync());
        // The parent's last act is to answer for the child it killed.
        var reply = Assert.IsType<WorkerReply.Failed>(await waiting);
        Assert.Equal("cancelled", reply.Failure.Kind);
        _worker = Create(new EngineOptions());
    }

    [Fact]
    public async Task A_deadline_kills_the_child_and_only_it()
    {
        var process = await _worker.GetProcessAsync(default);
        var late = process.AskAsync(Look("/silent/small.mp4") with { Timeout = 2 }, Minute, null, default);
        await _lab.Requests.WaitForAsync("/silent/small.mp4", 1, default);
        using var child = Process.GetProcessById(Assert.Single(ChildrenOf(process.Id)));
        var reply = Assert.IsType<WorkerReply.Failed>(await late);
        Assert.Equal("timeout", reply.Failure.Kind);
        await child.WaitForExitAsync();
        Assert.IsType<WorkerReply.Answered>(await process.AskAsync(Look("/media/small.mp4"), Minute, null, default));
    }

    [Fact]
    public async Task A_page_that_unpacks_into_more_than_it_may_have_ends_the_child_and_only_it()
    {
        var bomb = new byte[512 << 20];
        "<!doctype html><html>"u8.CopyTo(bomb);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(bomb);
        }

        await using var origin = await Origin.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(packed.ToArray());
        });
        var process = await _worker.GetProcessAsync(default);
        var look = Look("/") with { Url = origin.Url.AbsoluteUri, Memory = 300 << 20 };
        var reply = Assert.IsType<WorkerReply.Failed>(await process.AskAsync(look, Minute, null, default));
        Assert.Equal("memory", reply.Failure.Kind);
        Assert.False(process.Ended.IsCompleted);
    }

    [Theory]
    [InlineData("/nonexistent/python3", "/nonexistent/python3 cannot be started")]
    [InlineData("/bin/false", "has ended")]
    public async Task Without_python_the_status_says_so_and_callers_hear_overloaded(string python, string reason)
    {
        await using var worker = Create(new EngineOptions { PythonPath = python });
        var failure = await Assert.ThrowsAsync<MediaException>(() => worker.GetProcessAsync(default));
        Assert.Equal(MediaError.Overloaded, failure.Error);
        Assert.DoesNotContain(python, failure.Message, StringComparison.Ordinal);
        Assert.False(worker.Status.Ready);
        Assert.Contains(reason, worker.Status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_environment_is_its_own()
    {
        var process = await _worker.GetProcessAsync(default);
        var environment = (await File.ReadAllTextAsync($"/proc/{process.Id}/environ")).Split('\0');
        Assert.Contains("PATH=/nonexistent", environment);
        Assert.Equal(
            ["HOME", "LANG", "PATH", "TMPDIR", "YTDLP_NO_PLUGINS"],
            environment.Where(line => line.Length > 0).Select(line => line.Split('=')[0]).Order()
        );
    }

    private static Worker Create(EngineOptions options) => new(options, null, TimeProvider.System, NullLogger.Instance);

    private InspectRequest Look(string path) =>
        new(new Uri(_lab.Origin, path).AbsoluteUri, null, Timeout: 30, MaxEntries: 10, Memory: 1 << 30);

    private async Task<WorkerReply?> AskOrLoseAsync(WorkerProcess process)
    {
        try
        {
            return await process.AskAsync(Look("/media/small.mp4"), Minute, null, default);
        }
        catch (WorkerLostException)
        {
            return null;
        }
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private static IEnumerable<int> ChildrenOf(int id) =>
        File.ReadAllText($"/proc/{id}/task/{id}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(int.Parse);
}
