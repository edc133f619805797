namespace Decant.Server.Tests.Fixture;

/// <summary>The extractor's index, one for all servers of a run: each makes its own otherwise, for half a second of a core.</summary>
internal static class ExtractorIndex
{
    private static readonly string Shared = Directory
        .CreateDirectory(Path.Combine(AppContext.BaseDirectory, "extractor-index"))
        .FullName;

    public static void ShareWith(string dataDirectory) =>
        Directory.CreateSymbolicLink(Path.Combine(dataDirectory, "extractor"), Shared);
}
