using System.Diagnostics;
using System.Security.Cryptography;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Fetching;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>The real worker, with a package that is replaced under it.</summary>
public sealed class ReloadTests(ExtractorFixture fixture) : IClassFixture<ExtractorFixture>, IDisposable
{
    private const string Older = "2026.10.01";
    private const string Newer = "2026.11.20";
    private const string Small = "/media/small.mp4";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ExtractorCopy _copy = new(Older);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        _released.TrySetResult();
        _copy.Dispose();
    }

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
    public async Task A_look_up_in_flight_is_answered_by_the_process_that_began_it_which_then_ends()
    {
        await using var worker = await StartAsync();
        var turn = await worker.TakeTurnAsync(default);
        Hold("/page/reload", DripPageAsync);
        var looking = turn.Process.AskAsync(Look("/page/reload"), Minute, null, default);
        await _held.Task;
        _copy.Call(Newer);

        await worker.ReloadAsync(default);

        using var next = await worker.TakeTurnAsync(default);
        Assert.NotSame(turn.Process, next.Process);
        Assert.IsType<WorkerReply.Answered>(await next.Process.AskAsync(Look(Small), Minute, null, default));
        Assert.False(turn.Process.Ended.IsCompleted);
        _released.SetResult();
        Assert.IsType<WorkerReply.Answered>(await looking);
        turn.Dispose();
        await turn.Process.Ended;
    }

    [Fact]
    public async Task A_file_that_is_being_fetched_arrives_byte_for_byte()
    {
        await using var extractor = fixture.Create(new EngineOptions { ExtractorFolder = _copy.Folder });
        var info = await extractor.InspectAsync(fixture.On(Small), new InspectOptions(), default);
        Hold(Small, DripFileAsync);
        var path = Path.Combine(_copy.Folder, "fetched.mp4");
        var fetching = extractor.DownloadAsync(info.Formats[0], path, 1L << 30, new Progress<FetchProgress>(), default);
        await _held.Task;
        _copy.Call(Newer);

        await extractor.ReloadAsync(default);

        Assert.False(fetching.IsCompleted);
        _released.SetResult();
        await fetching;
        var media = await fixture.Lab.Media.GetAsync("small.mp4", default);
        Assert.Equal(await HashAsync(media.Path), await HashAsync(path));
        Assert.Equal(Newer, extractor.Status.Version);
    }

    [Fact]
    public async Task The_former_process_imports_no_module_that_was_replaced()
    {
        await using var worker = await StartAsync();
        using var turn = await worker.TakeTurnAsync(default);
        _copy.BreakLateModule("bandcamp.py");
        var look = Look("/") with { Url = "https://decant.bandcamp.com/track/late", Proxy = "http://127.0.0.1:9" };

        var reply = await turn.Process.AskAsync(look, Minute, null, default);

        // It came as far as the network, which is not there.
        Assert.Equal("network", Assert.IsType<WorkerReply.Failed>(reply).Failure.Kind);
    }

    [Fact]
    public async Task What_does_not_start_takes_nobodys_place_until_it_is_mended()
    {
        await using var worker = await StartAsync();
        var before = await worker.GetProcessAsync(default);
        _copy.Call(Newer);
        _copy.Break();

        var reload = await worker.ReloadAsync(default);

        Assert.Equal((Older, null), (reload.From, reload.To));
        Assert.Contains("SyntaxError", reload.Error);
        Assert.Contains("YoutubeDL.py", reload.Error);
        Assert.Same(before, await worker.GetProcessAsync(default));
        Assert.Equal((true, Older), (worker.Status.Ready, worker.Status.Version));
        Assert.Equal(reload, worker.Status.LastReload);
        Assert.IsType<WorkerReply.Answered>(await before.AskAsync(Look(Small), Minute, null, default));

        _copy.Mend();
        Assert.Equal(Newer, (await worker.ReloadAsync(default)).To);
    }

    [Fact]
    public async Task A_version_too_old_for_us_takes_nobodys_place()
    {
        await using var worker = await StartAsync();
        _copy.Call("2025.01.01");

        var reload = await worker.ReloadAsync(default);

        Assert.Contains("2025.01.01 is too old", reload.Error);
        Assert.Equal(Older, worker.Status.Version);
    }

    [Fact]
    public async Task It_notices_by_itself_that_the_files_were_replaced()
    {
        await using var worker = await StartAsync(lookEvery: TimeSpan.FromMilliseconds(50));
        var before = await worker.GetProcessAsync(default);
        _copy.Call(Newer);

        await before.Ended;

        Assert.Equal((true, Newer), (worker.Status.Ready, worker.Status.Version));
    }

    [Fact]
    public async Task Those_who_ask_for_a_reload_at_once_get_the_same_one()
    {
        await using var worker = await StartAsync();

        var reloads = await Task.WhenAll(worker.ReloadAsync(default), worker.ReloadAsync(default));

        Assert.Same(reloads[0], reloads[1]);
    }

    [Fact]
    public async Task A_successor_that_dies_is_started_again_like_any_other()
    {
        await using var worker = await StartAsync();
        _copy.Call(Newer);
        await worker.ReloadAsync(default);
        var successor = await worker.GetProcessAsync(default);

        using (var process = Process.GetProcessById(successor.Id))
        {
            process.Kill();
        }

        await successor.Ended;
        WorkerProcess next;
        do
        {
            next = await worker.GetProcessAsync(default);
        } while (next == successor);
        Assert.Equal((true, Newer), (worker.Status.Ready, worker.Status.Version));
    }

    /// <summary>The next request for the path gets no whole answer before the test releases it.</summary>
    private void Hold(string path, Func<HttpContext, RequestDelegate, Task> answer) =>
        fixture.Lab.Faults.Script(
            path,
            new Fault(
                async (context, next) =>
                {
                    _held.TrySetResult();
                    await answer(context, next);
                }
            )
        );

    private async Task DripFileAsync(HttpContext context, RequestDelegate next)
    {
        var media = await fixture.Lab.Media.GetAsync("small.mp4", default);
        var file = await File.ReadAllBytesAsync(media.Path);
        context.Response.ContentType = "video/mp4";
        context.Response.ContentLength = file.Length;
        var sent = 0;
        await DripAsync(() => context.Response.Body.WriteAsync(file.AsMemory(sent++, 1)), context);
        await context.Response.Body.WriteAsync(file.AsMemory(sent));
    }

    private async Task DripPageAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.ContentType = "text/html";
        await DripAsync(() => context.Response.Body.WriteAsync(" "u8.ToArray()), context);
        await context.Response.WriteAsync($"<html><video src='{Small}'></video></html>");
    }

    /// <summary>Slow, and never so silent that the extractor gives up and asks again, which nothing holds back.</summary>
    private async Task DripAsync(Func<ValueTask> writeOne, HttpContext context)
    {
        do
        {
            await writeOne();
            await context.Response.Body.FlushAsync();
        } while (await Task.WhenAny(_released.Task, Task.Delay(TimeSpan.FromSeconds(1))) != _released.Task);
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
        new(new Uri(fixture.Lab.Origin, path).AbsoluteUri, null, Timeout: 60, MaxEntries: 10, Memory: 1 << 30);

    private static async Task<string> HashAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(file));
    }
}
