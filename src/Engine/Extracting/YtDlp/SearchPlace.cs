namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Site on which the extractor searches for recordings.</summary>
internal enum SearchPlace
{
    /// <summary>YouTube Music's songs: performers, album and length are told.</summary>
    Songs,

    /// <summary>YouTube as a whole.</summary>
    Videos,
}
