using Decant.Server.Storage;

namespace Decant.Server.Batches.Zip;

/// <summary>A file of an archive.</summary>
/// <param name="Name">Name in the archive: clean, and no other's.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Crc">CRC-32 of its bytes (ISO 3309), as zip archives have it.</param>
/// <param name="Time">Time of its creation.</param>
/// <param name="Open">Opener of the file; called for each read that touches it.</param>
internal sealed record ArchivedFile(
    string Name,
    long Length,
    uint Crc,
    DateTimeOffset Time,
    Func<CancellationToken, Task<StoredContent>> Open
);
