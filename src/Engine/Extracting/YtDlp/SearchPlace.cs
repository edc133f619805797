namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Where the extractor can search for recordings.</summary>
internal enum SearchPlace
{
    /// <summary>YouTube Music's songs: performers, album and length are told.</summary>
    Songs,

    /// <summary>All of YouTube.</summary>
    Videos,
}
