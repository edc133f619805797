using System.Diagnostics;
using Decant.Lab;

namespace Decant.Bench.Media;

/// <summary>A small download and one a hundred times as large, each by a service of its own: the second is to take no more memory.</summary>
internal sealed class MemoryBench(LabInternet lab, string program, string folder)
{
    private const double BytesPerSecond = 48_000 * 2 * 2;

    private static readonly long[] Sizes = [40_000_000, 4_000_000_000];

    public async Task<IReadOnlyList<MemoryRow>> RunAsync(CancellationToken cancellationToken)
    {
        var rows = new List<MemoryRow>();
        foreach (var size in Sizes)
        {
            rows.Add(await RunAsync(size, cancellationToken));
        }

        return rows;
    }

    private async Task<MemoryRow> RunAsync(long size, CancellationToken cancellationToken)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, $"memory-{size}")).FullName;
        try
        {
            await using var service = await DecantService.StartAsync(program, own, cancellationToken);
            await using var memory = new MemoryWatch(service.ProcessId);
            var work = new Work("sound as it is", $"sized/{size}.wav", "wav", size / BytesPerSecond);
            var started = Stopwatch.GetTimestamp();
            await new DecantDownload(service).GetAsync(
                work,
                work.Addresses(lab.Origin, $"{Guid.NewGuid():n}"),
                own,
                cancellationToken
            );
            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return new MemoryRow(size, took, memory.Server, memory.Extractor, memory.Ffmpeg);
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }
}

/// <summary>What one download took at its peak (RSS, bytes).</summary>
/// <param name="Size">Bytes of the source and of the result.</param>
/// <param name="Seconds">Submit to finished.</param>
/// <param name="Server">The server.</param>
/// <param name="Extractor">Memory of the extractor with its forks.</param>
/// <param name="Ffmpeg">Memory of ffmpeg with ffprobe, all at once together.</param>
internal sealed record MemoryRow(long Size, double Seconds, long Server, long Extractor, long Ffmpeg);
