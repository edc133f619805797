namespace Decant.Engine.Sources;

/// <summary>Control characters in strangers' texts: a terminal obeys them, a NUL ends an argument, and to people they say nothing.</summary>
internal static class ControlLetters
{
    /// <param name="text">A stranger's.</param>
    /// <param name="kept">Control letters that the text may have.</param>
    public static string WithoutControls(this string text, string kept = "")
    {
        return text.All(IsPlain) ? text : string.Concat(text.Where(IsPlain));

        bool IsPlain(char letter) => !char.IsControl(letter) || kept.Contains(letter, StringComparison.Ordinal);
    }
}
