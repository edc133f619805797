using System.Globalization;
using System.Text;

namespace Decant.Engine;

/// <summary>
/// Text in Unicode's normalization form C (UAX #15), in which a letter and its marks are one character where there is one:
/// <see cref="string.Normalize()"/> does nothing without ICU (ADR 0037).
/// </summary>
internal static partial class Composition
{
    private const int FirstSyllable = 0xAC00;
    private const int FirstLead = 0x1100;
    private const int Leads = 19;
    private const int FirstVowel = 0x1161;
    private const int Vowels = 21;

    /// <summary>Code point before the first trailing consonant: tails are counted from none at all.</summary>
    private const int FirstTail = 0x11A7;
    private const int Tails = 28;

    private static readonly Dictionary<(char Letter, char Mark), char> Composed = [];
    private static readonly Dictionary<char, (char Letter, char Mark)> Parts = [];

    /// <summary>Combining classes of the marks of the table; a mark that no letter takes up counts as a letter.</summary>
    private static readonly Dictionary<char, int> Classes = [];

    static Composition()
    {
        foreach (var row in Table)
        {
            var mark = (char)int.Parse(row.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var letters = row.IndexOf(' ', 5) + 1;
            Classes[mark] = int.Parse(row.AsSpan(5, letters - 6), CultureInfo.InvariantCulture);
            for (var at = letters; at < row.Length; at += 2)
            {
                Composed[(row[at], mark)] = row[at + 1];
                Parts[row[at + 1]] = (row[at], mark);
            }
        }
    }

    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var letters = new List<char>(text.Length);
        foreach (var letter in text)
            TakeApart(letter, letters);
        Order(letters);
        return PutTogether(letters);
    }

    private static void TakeApart(char letter, List<char> letters)
    {
        if (Parts.TryGetValue(letter, out var parts))
        {
            TakeApart(parts.Letter, letters);
            letters.Add(parts.Mark);
        }
        else
            letters.Add(letter);
    }

    /// <summary>Marks behind a letter by their classes; those of one class stay as they stand.</summary>
    private static void Order(List<char> letters)
    {
        for (var index = 1; index < letters.Count; index++)
        for (
            var at = index;
            at > 0 && ClassOf(letters[at]) is > 0 and var later && ClassOf(letters[at - 1]) > later;
            at--
        )
            (letters[at - 1], letters[at]) = (letters[at], letters[at - 1]);
    }

    private static string PutTogether(List<char> letters)
    {
        var text = new StringBuilder(letters.Count);
        var start = -1;
        foreach (var letter in letters)
        {
            // A mark that stays alone keeps those of its class from the letter.
            var isNext = start == text.Length - 1;
            var isBlocked = !isNext && ClassOf(text[^1]) >= ClassOf(letter);
            if (start >= 0 && !isBlocked && Join(text[start], letter) is { } joined)
            {
                text[start] = joined;
                continue;
            }
            text.Append(letter);
            if (ClassOf(letter) == 0)
                start = text.Length - 1;
        }
        return text.ToString();
    }

    private static char? Join(char letter, char next) =>
        letter is >= (char)FirstLead and < (char)(FirstLead + Leads)
        && next is >= (char)FirstVowel and < (char)(FirstVowel + Vowels)
            ? (char)(FirstSyllable + ((letter - FirstLead) * Vowels + (next - FirstVowel)) * Tails)
        : letter is >= (char)FirstSyllable and <= '\uD7A3'
        && (letter - FirstSyllable) % Tails == 0
        && next is > (char)FirstTail and < (char)(FirstTail + Tails)
            ? (char)(letter + (next - FirstTail))
        : Composed.TryGetValue((letter, next), out var joined) ? joined
        : null;

    private static int ClassOf(char letter) => Classes.GetValueOrDefault(letter);
}
