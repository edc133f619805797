using Decant.Engine.Errors;

namespace Decant.Engine.Planning;

/// <summary>Selection of source formats: the best, the worst, or named ones (<c>137</c>, <c>137+140</c>).</summary>
public abstract record FormatSelector
{
    public sealed record BestOf : FormatSelector;

    public sealed record WorstOf : FormatSelector;

    /// <param name="Ids">One or two format ids: everything, or video then audio.</param>
    public sealed record Named(IReadOnlyList<string> Ids) : FormatSelector;

    public static readonly FormatSelector Best = new BestOf();
    public static readonly FormatSelector Worst = new WorstOf();

    /// <exception cref="MediaException"><c>invalid_request</c> where it is neither a word nor one or two ids.</exception>
    public static FormatSelector Parse(string text)
    {
        var word = text.Trim();
        if (word.Equals("best", StringComparison.OrdinalIgnoreCase))
            return Best;
        if (word.Equals("worst", StringComparison.OrdinalIgnoreCase))
            return Worst;
        var ids = word.Split('+', StringSplitOptions.TrimEntries);
        if (ids.Length > 2 || ids.Any(id => id.Length == 0))
            throw new MediaException(
                MediaError.InvalidRequest,
                $"The format_selector \"{text}\" cannot be read. Give best, worst, a format_id, or two joined by + (video+audio)."
            )
            {
                Field = "format_selector",
            };
        return new Named(ids);
    }
}
