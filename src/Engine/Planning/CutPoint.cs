namespace Decant.Engine.Planning;

/// <summary>Where a clip begins.</summary>
public enum CutPoint
{
    /// <summary>Exactly where it was asked.</summary>
    Frame,

    /// <summary>At the key frame before: the picture was copied.</summary>
    Keyframe,
}
