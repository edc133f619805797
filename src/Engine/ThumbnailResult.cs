using Decant.Engine.Sources;

namespace Decant.Engine;

/// <summary>A medium's picture, alone.</summary>
/// <param name="Info">The medium.</param>
/// <param name="Path">The JPEG, inside the run's directory.</param>
/// <param name="Size">Bytes.</param>
public sealed record ThumbnailResult(MediaInfo Info, string Path, long Size);
