namespace Decant.Server.Tests.Platforms;

/// <summary>A column of the table of platforms. The first four are the documents' own.</summary>
public enum Cell
{
    Audio,
    Video,
    Playlists,
    LiveStreams,
    Metadata,
    Thumbnail,
}
