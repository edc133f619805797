namespace Decant.Engine.Planning;

/// <summary>How good the output should be: the best or worst there is, a height in lines, or an audio bit rate.</summary>
public abstract record Quality
{
    public sealed record BestOf : Quality;

    public sealed record WorstOf : Quality;

    /// <param name="Lines">Height in pixels (the short side of a vertical picture).</param>
    public sealed record Height(int Lines) : Quality;

    /// <param name="BitsPerSecond">Audio bit rate.</param>
    public sealed record AudioBitrate(long BitsPerSecond) : Quality;

    public static readonly Quality Best = new BestOf();
    public static readonly Quality Worst = new WorstOf();
}
