using Decant.Engine.Sources;

namespace Decant.Engine.Extracting;

/// <summary>Result of a look-up.</summary>
/// <param name="Info">The medium, or list.</param>
/// <param name="Opened">Where the address is the file itself: the origin's answer to who asked for all of it, its body not read.
/// Whoever is given it disposes of it.</param>
internal sealed record LookedUp(MediaInfo Info, HttpResponseMessage? Opened = null);
