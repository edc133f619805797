namespace Decant.Server.Manners;

/// <summary>Finds the name that was probably meant: the fewest letters away, case and separators aside.</summary>
internal static class NearestName
{
    /// <returns>Null where every name is more than a third of its letters away.</returns>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var letters = Letters(name);
        var nearest = known
            .Select(one => (Name: one, Distance: Distance(letters, Letters(one))))
            .DefaultIfEmpty((Name: "", Distance: int.MaxValue))
            .MinBy(one => one.Distance);
        return nearest.Distance <= Math.Max(1, Letters(nearest.Name).Length / 3) ? nearest.Name : null;
    }

    private static string Letters(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit).Take(64)).ToLowerInvariant();

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                rows[i, j] =
                    i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(
                        Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                        rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1)
                    );
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }
}
