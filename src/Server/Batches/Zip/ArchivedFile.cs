namespace Decant.Server.Batches.Zip;

/// <summary>A file of an archive.</summary>
/// <param name="Name">Its name in there: clean, and no other's.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Time">Time of its creation.</param>
/// <param name="Open">Opens it at its beginning; called twice.</param>
internal sealed record ArchivedFile(
    string Name,
    long Length,
    DateTimeOffset Time,
    Func<CancellationToken, Task<Stream>> Open
);
