using System.Globalization;

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
            var tree = Tree(server);
            Server = Math.Max(Server, Sum(tree, process => process.Id == server));
            Extractor = Math.Max(
                Extractor,
                Sum(tree, process => process.Name.StartsWith("python", StringComparison.Ordinal))
            );
            Ffmpeg = Math.Max(Ffmpeg, Sum(tree, process => process.Name.StartsWith("ff", StringComparison.Ordinal)));
        }
    }

    private static long Sum(IEnumerable<Seen> tree, Func<Seen, bool> which) =>
        tree.Where(which).Sum(process => process.Resident);

    private static List<Seen> Tree(int root)
    {
        var all = Directory
            .GetDirectories("/proc")
            .Select(directory => Read(Path.GetFileName(directory)))
            .OfType<Seen>()
            .ToLookup(process => process.Parent);
        var tree = all.SelectMany(group => group).Where(process => process.Id == root).ToList();
        for (var index = 0; index < tree.Count; index++)
        {
            tree.AddRange(all[tree[index].Id]);
        }
        return tree;
    }

    /// <returns>Null for what is no process, or none any more.</returns>
    private static Seen? Read(string id)
    {
        if (!int.TryParse(id, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        try
        {
            // 42 (ffmpeg) S 41 ...; proc(5): parent is the 4th field, resident pages the 24th.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var close = text.LastIndexOf(')');
            var fields = text[(close + 2)..].Split(' ');
            return new Seen(
                number,
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..close],
                long.Parse(fields[21], CultureInfo.InvariantCulture) * Environment.SystemPageSize
            );
        }
        catch (IOException)
        {
            // It ended between the two looks.
            return null;
        }
    }

    private sealed record Seen(int Id, int Parent, string Name, long Resident);
}
