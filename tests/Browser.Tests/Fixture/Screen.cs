namespace Decant.Browser.Tests.Fixture;

/// <summary>Screens that people have, by their width in pixels of CSS.</summary>
public enum Screen
{
    Phone = 390,

    /// <summary>A small desktop at 200 %.</summary>
    Zoomed = 640,
    Desktop = 1280,

    /// <summary>A screen of 4K that nothing is scaled on.</summary>
    Wall = 3840,
}
