using Decant.Engine.Fetching;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Files;

/// <summary>A film that takes several connections, and an origin's pace at which they are worth it.</summary>
internal static class LargeFile
{
    public const string Tag = "ETag: \"v1\"";

    /// <summary>Bytes a second of one connection.</summary>
    public const int Rate = 4_000_000;

    public static byte[] Film { get; } = Bytes(12_000_007, seed: 3);

    public static string Checksum { get; } = Sum(Film);

    public static FetchBench Bench(
        TimeSpan? impatience = null,
        Func<CancellationToken, Task<RemoteFile?>>? lookUpAgain = null
    ) =>
        new()
        {
            LookUpAgain = lookUpAgain,
            Limits = new()
            {
                MaxBytes = 20_000_000,
                MinimumRate = 0,
                Backoff = TimeSpan.FromMilliseconds(1),
                ImpatientStallTimeout = impatience ?? TimeSpan.FromSeconds(5),
            },
        };
}
