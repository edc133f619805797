namespace Decant.Engine;

/// <summary>Health of the engine's parts: programs, extractor, runtime.</summary>
/// <param name="Parts">The parts.</param>
public sealed record EngineHealth(IReadOnlyList<EnginePart> Parts)
{
    public bool Ready => Parts.All(part => part.Present || part.Optional);
}

/// <param name="Name"><c>ffmpeg</c>, <c>ffprobe</c>, <c>extractor</c>, <c>javascript</c>, <c>sandbox</c>.</param>
/// <param name="Present">True where the part was found and works.</param>
/// <param name="Optional">The engine works without it, with less.</param>
/// <param name="Detail">The version, or what is missing and how to get it.</param>
public sealed record EnginePart(string Name, bool Present, bool Optional, string Detail);
