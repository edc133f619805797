namespace Decant.Engine.Sources;

/// <summary>Catalogue data of a piece of music, as its page or its own file has it.</summary>
internal sealed record MusicTags
{
    public static MusicTags None { get; } = new();

    /// <summary>The performers one by one; empty where only their one text is known.</summary>
    public IReadOnlyList<string> Artists { get; init; } = [];
    public string? AlbumArtist { get; init; }
    public string? Composer { get; init; }
    public string? Genre { get; init; }

    /// <summary>Date of release: <c>2021-03-04</c>, or as much of it as is known.</summary>
    public string? Released { get; init; }

    /// <summary>Place on the disc (<c>3</c>, or <c>3/12</c>).</summary>
    public string? Track { get; init; }

    /// <summary>Place of the disc (<c>1</c>, or <c>1/2</c>).</summary>
    public string? Disc { get; init; }

    /// <summary>International Standard Recording Code (ISO 3901).</summary>
    public string? Isrc { get; init; }
}
