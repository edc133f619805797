using Decant.Engine.Sources;

namespace Decant.Engine.Extracting;

/// <summary>Result of a look-up.</summary>
/// <param name="Info">The medium, or list.</param>
/// <param name="Opened">Answer of the origin to who asked for all of it, where the address is the file itself; its body is not read.
/// Whoever is given it disposes of it.</param>
internal sealed record LookedUp(MediaInfo Info, HttpResponseMessage? Opened = null);
