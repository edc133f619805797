using System.Diagnostics;
using System.Globalization;

namespace Decant.Server.Tests.Bombs;

/// <summary>Peak of what a process and all that it started take of memory and of the disk, above what they took at first.</summary>
internal sealed class Gauge : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
    private static readonly long Page = Environment.SystemPageSize;

    private readonly int _root;
    private readonly string _directory;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly long _memoryAtFirst;
    private readonly long _diskAtFirst;
    private long _memory;
    private long _disk;

    public Gauge(int process, string directory)
    {
        (_root, _directory) = (process, directory);
        (_memoryAtFirst, _diskAtFirst) = (Memory(), Disk());
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    public (long Memory, long Disk) Stop()
    {
        _stop.Cancel();
        _thread.Join();
        return (Math.Max(0, _memory - _memoryAtFirst), Math.Max(0, _disk - _diskAtFirst));
    }

    /// <summary>Waits until memory is back within so many bytes of what it was at first.</summary>
    /// <returns>Bytes above that; more than were asked for where they did not go in time.</returns>
    public async Task<long> MemoryAfterAsync(long most, TimeSpan patience)
    {
        // What a process has given back nobody is told of.
        using var looks = new PeriodicTimer(Every);
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var above = Memory() - _memoryAtFirst;
            if (above <= most || Stopwatch.GetElapsedTime(began) > patience)
            {
                return Math.Max(0, above);
            }

            await looks.WaitForNextTickAsync();
        }
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Watch()
    {
        do
        {
            _memory = Math.Max(_memory, Memory());
            _disk = Math.Max(_disk, Disk());
        } while (!_stop.Token.WaitHandle.WaitOne(Every));
    }

    /// <summary>Resident memory of the tree. What forked children share with their parent counts for each.</summary>
    private long Memory()
    {
        var parents = new Dictionary<int, int>();
        var resident = new Dictionary<int, long>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var process))
            {
                continue;
            }

            try
            {
                var stat = File.ReadAllText($"{directory}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                parents[process] = int.Parse(fields[1], CultureInfo.InvariantCulture);
                resident[process] = long.Parse(fields[21], CultureInfo.InvariantCulture) * Page;
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return resident.Where(one => IsOfTree(one.Key)).Sum(one => one.Value);

        bool IsOfTree(int process)
        {
            for (var steps = 0; steps < 20 && process > 1; steps++)
            {
                if (process == _root)
                {
                    return true;
                }

                process = parents.GetValueOrDefault(process);
            }

            return false;
        }
    }

    private long Disk()
    {
        try
        {
            return new DirectoryInfo(_directory)
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Sum(file => file.Exists ? file.Length : 0);
        }
        catch (IOException)
        {
            // A directory went while it was read.
            return 0;
        }
    }
}
