namespace Decant.Engine.Planning;

/// <summary>Kind of a clip's beginning: at the exact frame, or at the key frame before it.</summary>
public enum CutPoint
{
    /// <summary>Exactly where it was asked.</summary>
    Frame,

    /// <summary>The cut is at the key frame before: the picture was copied.</summary>
    Keyframe,
}
