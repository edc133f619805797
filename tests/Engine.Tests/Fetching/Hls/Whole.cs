namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>A medium that has come out whole.</summary>
/// <param name="Pictures">Frames.</param>
/// <param name="Seconds">Of sound.</param>
/// <param name="Width">Of the picture.</param>
/// <param name="SampleRate">Of the sound, in Hz.</param>
/// <param name="Advert">A moment in the other part, in seconds; negative where there is none.</param>
public sealed record Whole(int Pictures, double Seconds, int Width, int SampleRate, double Advert = -1)
{
    /// <summary>The main medium alone.</summary>
    public static Whole Main { get; } = new(100, 4, 160, 44_100);
}
