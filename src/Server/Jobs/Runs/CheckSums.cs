using System.IO.Hashing;
using Decant.Server.Jobs.Transitions;

namespace Decant.Server.Jobs.Runs;

/// <summary>Check sums of files on their way to the storage. A zip archive says them before a file's bytes, and so could not begin before it had read everything.</summary>
internal static class CheckSums
{
    public static async Task<Delivery> AddToAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var files = new List<JobFile>();
        foreach (var (path, file) in delivery.Paths.Zip(delivery.Files.All))
        {
            await using var bytes = File.OpenRead(path);
            var sum = new Crc32();
            await sum.AppendAsync(bytes, cancellationToken);
            files.Add(file with { Crc32 = sum.GetCurrentHashAsUInt32() });
        }

        return delivery with
        {
            Files = delivery.Files with { All = files },
        };
    }
}
