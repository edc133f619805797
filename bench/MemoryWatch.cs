namespace Decant.Bench;

/// <summary>Looks at a server and all it starts twenty times a second and remembers the most memory each kind held at once (RSS, bytes).</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public MemoryWatch(int server) => _watching = WatchAsync(server);

    /// <summary>The server itself; the extractor with its forks; ffmpeg and ffprobe with theirs, all that ran at once together.</summary>
    public long Server { get; private set; }
    public long Extractor { get; private set; }
    public long Ffmpeg { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync(int server)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            var tree = ProcessTree.Of(server);
            Server = Math.Max(Server, Sum(tree, process => process.Id == server));
            Extractor = Math.Max(
                Extractor,
                Sum(tree, process => process.Name.StartsWith("python", StringComparison.Ordinal))
            );
            Ffmpeg = Math.Max(Ffmpeg, Sum(tree, process => process.Name.StartsWith("ff", StringComparison.Ordinal)));
        }
    }

    private static long Sum(IEnumerable<SeenProcess> tree, Func<SeenProcess, bool> which) =>
        tree.Where(which).Sum(process => process.Resident);
}
