namespace Decant.Engine.Planning;

/// <summary>Which of the source's formats to take: the best, the worst, or named ones (<c>137</c>, <c>137+140</c>).</summary>
public abstract record FormatSelector
{
    public sealed record BestOf : FormatSelector;

    public sealed record WorstOf : FormatSelector;

    /// <param name="Ids">One or two format ids: everything, or video then audio.</param>
    public sealed record Named(IReadOnlyList<string> Ids) : FormatSelector;

    public static readonly FormatSelector Best = new BestOf();
    public static readonly FormatSelector Worst = new WorstOf();
}
