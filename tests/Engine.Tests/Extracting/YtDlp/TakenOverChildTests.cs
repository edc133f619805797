using System.Text.Json;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Egress;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>
/// A child that a page has taken over, and that says what it likes to the process that forked it, while another's look-up is under
/// way: its own request fails, the other is answered with what is at its page, and the process works on.
/// </summary>
[Long]
public sealed class TakenOverChildTests : IAsyncLifetime
{
    private const string Neighbour = "<!doctype html><title>Neighbour</title><video src='/film.mp4'></video>";
    private const string Page = "attack";

    /// <summary>Finds the pipe to the parent and the line to the host. Other pages are looked up as ever.</summary>
    private const string Taken = """
        import os, signal, sys
        if 'attack' not in url:
            return original(self, url)
        frame = sys._getframe()
        while 'writer' not in frame.f_locals:
            frame = frame.f_back
        pipe, line, mine = frame.f_locals['writer'], frame.f_locals['line'], frame.f_locals['request']['id']
        others = [one for one in range(1, 10) if one != mine]
        said = 'Attack'
        """;

    private const string Forged = """{"id": %d, "event": "result", "info": {"title": "Forged"}, "renewed": []}\n""";

    private readonly ExtractorCopy _copy = new("2099.1.3");
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Origin _origin = null!;

    /// <summary>By names that say what is tried: what is run, and how the request ends for its own caller.</summary>
    private static readonly Dictionary<string, (string Python, string Kind)> Attacks = new(StringComparer.Ordinal)
    {
        ["another's answer"] = ($"for one in others: os.write(pipe, ('F{Forged}' % one).encode())", "nonsense"),
        ["another's answer as a report"] = (
            $"for one in others: os.write(pipe, ('P{Forged}' % one).encode())",
            "nonsense"
        ),
        ["another's progress"] = (
            """for one in others: os.write(pipe, ('P{"id": %d, "event": "progress", "bytes": 1}\n' % one).encode())""",
            "nonsense"
        ),
        ["progress of a look-up"] = (@"os.write(pipe, b'P1 - -\n')", "nonsense"),
        ["garbage"] = (@"os.write(pipe, b'P\xff\xfe\n')", "nonsense"),
        ["an empty line"] = (@"os.write(pipe, b'\n')", "nonsense"),
        ["a line of 100 MB"] = ("for _ in range(100): os.write(pipe, b'P' * (1 << 20))", "nonsense"),
        ["lines without an end"] = (@"while True: os.write(pipe, b'P1 - -\n' * 1000)", "nonsense"),
        ["nothing"] = ("os._exit(0)", "crashed"),
        ["a closed pipe"] = ("os.close(pipe); signal.pause()", "crashed"),
        ["the last word without an answer"] = (@"line.close(); os.write(pipe, b'F1\n')", "nonsense"),
        ["the last word, and no answer ever"] = (@"os.write(pipe, b'F1\n'); signal.pause()", "nonsense"),
        ["an answer that is none"] = (@"line.sendall(b'[]\n'); os.write(pipe, b'F1\n')", "nonsense"),
        ["an answer that is apart"] = (
            """line.sendall(b'{"event": "apart"}\n'); os.write(pipe, b'F1\n')""",
            "nonsense"
        ),
        ["a failure without words"] = (
            """line.sendall(b'{"event": "error"}\n'); os.write(pipe, b'F0\n')""",
            "nonsense"
        ),
        ["a hundred megabytes in the log"] = (
            "for _ in range(100): os.write(2, b'x' * (1 << 20))\nos._exit(0)",
            "crashed"
        ),
        ["folders in folders, five thousand deep"] = (
            "import tempfile; os.chdir(tempfile.tempdir)\nfor _ in range(5000): os.mkdir('d'); os.chdir('d')\nos._exit(0)",
            "crashed"
        ),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    public async ValueTask InitializeAsync() =>
        _origin = await Origin.StartAsync(async context =>
        {
            _arrived.TrySetResult();
            await _over.Task;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync(Neighbour);
        });

    public async ValueTask DisposeAsync()
    {
        _copy.Dispose();
        await _origin.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Only_its_own_request_fails(string name)
    {
        var (python, kind) = Attacks[name];
        _copy.TakeOver($"{Taken}\n{python}");
        await using var worker = Create();
        var process = await worker.GetProcessAsync(Stop);
        var progress = new List<WorkerProgress>();
        var neighbour = process.AskAsync(Look("neighbour"), Quiet.Patience, progress.Add, Stop);
        await _arrived.Task.WaitAsync(Quiet.Patience, Stop);

        var attacker = await process.AskAsync(Look(Page), Quiet.Patience, null, Stop).WaitAsync(Quiet.Patience, Stop);
        _over.SetResult();
        var answer = Assert.IsType<WorkerReply.Answered>(await neighbour.WaitAsync(Quiet.Patience, Stop));

        Assert.Equal(kind, Assert.IsType<WorkerReply.Failed>(attacker).Failure.Kind);
        Assert.StartsWith("Neighbour", answer.Message.Field("info")?.Text("title"), StringComparison.Ordinal);
        Assert.Empty(progress);
        Assert.False(process.Ended.IsCompleted);
        Assert.IsType<WorkerReply.Answered>(await process.AskAsync(Look("next"), Quiet.Patience, null, Stop));
    }

    [Fact]
    public async Task After_its_last_word_it_says_nothing_more()
    {
        _copy.TakeOver(
            $$"""
            {{Taken}}
            line.sendall(('{"id": %d, "event": "result", "info": {"title": "Own"}, "renewed": []}\n' % mine).encode())
            os.write(pipe, b'F1\n')
            while True: os.write(pipe, ('F{{Forged}}' % mine).encode())
            """
        );
        await using var worker = Create();
        _over.SetResult();
        var process = await worker.GetProcessAsync(Stop);

        var answer = await process.AskAsync(Look(Page), Quiet.Patience, null, Stop).WaitAsync(Quiet.Patience, Stop);

        // Ended before it is answered, or after.
        Assert.Equal("Own", answer is WorkerReply.Answered own ? own.Message.Field("info")?.Text("title") : "Own");
        Assert.IsType<WorkerReply.Answered>(await process.AskAsync(Look("next"), Quiet.Patience, null, Stop));
        Assert.False(process.Ended.IsCompleted);
    }

    [Theory]
    [InlineData(@"while True: os.write(pipe, b'P1 - -\n')")]
    [InlineData("""make(filename + '.part'); os.write(pipe, b'P{"id": 1, "event": "result"}\n')""")]
    [InlineData("""make(filename); open(filename + '.part', 'w').write('x'); os.write(pipe, b'F\n')""")]
    public async Task A_download_that_talks_without_an_end_or_nonsense_is_ended_alone(string python)
    {
        _copy.TakeOverDownloads(
            $"""
            import os, sys
            frame = sys._getframe()
            while 'writer' not in frame.f_locals:
                frame = frame.f_back
            pipe = frame.f_locals['writer']
            def make(directory):
                try:
                    os.mkdir(directory)
                except PermissionError:
                    pass # The sandbox keeps it from it, where there is one.
            {python}
            """
        );
        await using var worker = Create();
        var process = await worker.GetProcessAsync(Stop);
        var neighbour = process.AskAsync(Look("neighbour"), Quiet.Patience, null, Stop);
        await _arrived.Task.WaitAsync(Quiet.Patience, Stop);
        var folder = Directory.CreateTempSubdirectory("decant-taken-");

        var reply = await process
            .AskAsync(Download(folder), Quiet.Patience, _ => { }, Stop)
            .WaitAsync(Quiet.Patience, Stop);
        _over.SetResult();

        Assert.Equal("nonsense", Assert.IsType<WorkerReply.Failed>(reply).Failure.Kind);
        Assert.IsType<WorkerReply.Answered>(await neighbour.WaitAsync(Quiet.Patience, Stop));
        Assert.False(process.Ended.IsCompleted);
        Assert.Empty(folder.EnumerateFiles());
        folder.Delete(recursive: true);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Worker Create() =>
        new(
            new EngineOptions
            {
                ExtractorFolder = _copy.Folder,
                ExtractorIndexFolder = LabEngine.ExtractorIndexFor(_copy.Folder),
                JavaScript = new JavaScriptOptions { Runtime = "/usr/bin/false" },
            },
            null,
            TimeProvider.System,
            NullLogger.Instance
        );

    private InspectRequest Look(string path) =>
        new(new Uri(_origin.Url, path).AbsoluteUri, null, Timeout: 30, MaxEntries: 10, Memory: 1 << 30);

    private DownloadRequest Download(DirectoryInfo folder) =>
        new(
            JsonSerializer.SerializeToElement(new { url = new Uri(_origin.Url, "film.mp4"), protocol = "http" }),
            Path.Combine(folder.FullName, "film"),
            _origin.Url.AbsoluteUri,
            Timeout: 30,
            MaxBytes: 1 << 20,
            Memory: 1 << 30
        );
}
