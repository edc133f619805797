using Decant.Engine.Extracting.YtDlp;
using Decant.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>The real worker, whose package is replaced under it.</summary>
public sealed class ReloadTests(LabEngine lab) : IDisposable
{
    private const string Older = "2026.10.01";
    private const string Newer = "2026.11.20";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ExtractorCopy _copy = new(Older);

    private LabInternet Lab => lab.Lab;

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task It_moves_to_the_version_that_is_on_the_disk_now()
    {
        await using var worker = await StartAsync();
        var before = await worker.GetProcessAsync(default);
        _copy.Call(Newer);

        var reload = await worker.ReloadAsync(default);

        Assert.Equal((Older, Newer, null), (reload.From, reload.To, reload.Error));
        Assert.Equal((true, Newer), (worker.Status.Ready, worker.Status.Version));
        Assert.Equal(new DateOnly(2026, 11, 20), worker.Status.Released);
        Assert.Equal(Path.Combine(_copy.Folder, "yt_dlp"), worker.Status.Path);
        Assert.Equal(reload, worker.Status.LastReload);
        Assert.NotSame(before, await worker.GetProcessAsync(default));
        await before.Ended;
    }

    [Fact]
    public async Task A_look_up_in_flight_is_answered_by_the_process_that_began_it_and_then_that_ends()
    {
        await using var worker = await StartAsync();
        var turn = await worker.TakeTurnAsync(default);
        var looking = turn.Process.AskAsync(Look("/gated/small.mp4?reload=flight"), Minute, null, default);
        await Lab.Requests.WaitForAsync("/gated/small.mp4?reload=flight", 1, default);
        _copy.Call(Newer);

        await worker.ReloadAsync(default);

        Assert.False(turn.Process.Ended.IsCompleted);
        Assert.False(looking.IsCompleted);
    }

    private async Task<Worker> StartAsync(TimeSpan? lookEvery = null)
    {
        var worker = new Worker(
            new EngineOptions { ExtractorFolder = _copy.Folder, ExtractorLookEvery = lookEvery ?? Minute },
            null,
            TimeProvider.System,
            NullLogger.Instance
        );
        await worker.GetProcessAsync(default);
        return worker;
    }

    private InspectRequest Look(string path) =>
        new(lab.At(path).AbsoluteUri, null, Timeout: 30, MaxEntries: 10, Memory: 1 << 30);
}
