namespace Decant.Engine.Planning;

/// <summary>A kind of file the engine can make.</summary>
/// <param name="Name">File name extension and wire name, such as <c>mp4</c>.</param>
/// <param name="IsAudio">Holds audio alone.</param>
public sealed partial record Container(string Name, bool IsAudio);
