namespace Decant.Server.Tests.Platforms;

/// <summary>
/// A platform of the lab: one medium of it, and what the lab was told to say of that medium. To add a platform, add its file under
/// <c>Rows/</c> and its line in <see cref="PlatformRows"/>.
/// </summary>
/// <param name="Name">As the documents' table, or the formats endpoint, calls it.</param>
public sealed record PlatformRow(string Name)
{
    /// <summary>What the documents promise; nothing where their table leaves the platform out.</summary>
    public IReadOnlyList<Cell> Promised { get; init; } = [];

    public required string Url { get; init; }

    /// <summary>The wire's word for the platform.</summary>
    public required string Platform { get; init; }
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Uploader { get; init; }
    public required string? Description { get; init; }
    public required double Seconds { get; init; }
    public required string Uploaded { get; init; }

    /// <summary>Null where the platform does not say.</summary>
    public required long? Views { get; init; }

    /// <summary>What a 720p mp4 of it holds; null for a platform without pictures.</summary>
    public string? Picture { get; init; } = "1280x720";

    /// <summary>The platform's playlists, albums or sets, where it has some.</summary>
    public PlatformList? List { get; init; }

    /// <summary>Addresses that lead to the same medium.</summary>
    public required IReadOnlyList<string> Forms { get; init; }

    /// <summary>What a live site may do that the lab cannot show, in a sentence or two of Markdown.</summary>
    public required string Beyond { get; init; }

    public override string ToString() => Name;
}

/// <summary>A playlist of the lab.</summary>
/// <param name="Count">Entries in it, all of which can be had.</param>
public sealed record PlatformList(string Url, string Title, int Count);
