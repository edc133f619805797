namespace Decant.Engine.Extracting.Spotify;

/// <summary>Similarity of two texts, 0 to 1. Pure.</summary>
internal static class Likeness
{
    /// <summary>The better of two measures: shared words, whatever their order, and few changed letters, whatever the words.</summary>
    public static double Of(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Count == 0 || other.Count == 0
            ? 0
            : Math.Max(SharedWords(one, other), FewChanges(string.Join(' ', one), string.Join(' ', other)));

    /// <summary>Dice's coefficient over words, repeated ones counted.</summary>
    private static double SharedWords(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var left = other.ToList();
        var shared = one.Count(left.Remove);
        return 2.0 * shared / (one.Count + other.Count);
    }

    /// <summary>Levenshtein's distance, as a share of the longer text that stays.</summary>
    private static double FewChanges(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return 1 - ((double)row[^1] / Math.Max(one.Length, other.Length));
    }
}
