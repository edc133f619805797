namespace Decant.Server.Batches.Zip;

/// <summary>One file that goes into an archive.</summary>
/// <param name="Name">Its name in there: clean, and no other's.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Open">Opens it, at its beginning and able to go back there.</param>
internal sealed record ArchivedFile(string Name, long Length, DateTimeOffset Time, Func<Stream> Open);
