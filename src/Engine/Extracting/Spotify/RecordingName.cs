using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>The name of a recording, taken apart: its words, and what kind of version it says it is. Pure.</summary>
internal sealed partial record RecordingName
{
    /// <summary>Letters; a longer title is somebody's text about a recording.</summary>
    private const int MaxLength = 300;

    /// <summary>Decorations of titles that say nothing of the recording ("official video").</summary>
    private static readonly HashSet<string> Noise =
    [
        .. "official video videoclip audio music lyric lyrics hd hq 4k mv visualizer visualiser".Split(' '),
        .. "remaster remastered explicit clean version album single original mono stereo".Split(' '),
    ];

    private RecordingName(IReadOnlyList<string> words, IReadOnlyDictionary<string, int> versions)
    {
        Words = words;
        Versions = versions;
    }

    /// <summary>Words of the name in lower case, without accents, guests and noise.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Number of mentions of each kind of version: <c>live</c>, <c>cover</c>, <c>remix</c> …</summary>
    public IReadOnlyDictionary<string, int> Versions { get; }

    public static RecordingName Of(string title)
    {
        var plain = Plain(Guests().Replace(title[..Math.Min(title.Length, MaxLength)], " "));
        var words = plain.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isRemaster = words.Any(word => word is "remaster" or "remastered");
        var bare = words.Where(word => !Noise.Contains(word) && !(isRemaster && IsYear(word))).ToList();
        // "Video" may be all the name there is.
        return new RecordingName(bare.Count > 0 ? bare : words, VersionWords.In(plain));
    }

    /// <summary>Compares versions: both name the same kinds equally often, so that "Live Forever" is not its own live version.</summary>
    public bool IsSameVersion(RecordingName other) =>
        Versions.Count == other.Versions.Count
        && Versions.All(version => other.Versions.GetValueOrDefault(version.Key) == version.Value);

    /// <summary>Lower case, no accents, words apart by one space.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            if (char.IsLetterOrDigit(letter))
            {
                var lower = char.ToLowerInvariant(letter);
                plain.Append(Accents.Without(lower) ?? lower.ToString());
            }
            // "Don't" is "dont" to half of those who type it; a mark of its own belongs to the letter before.
            else if (letter is not ('\'' or '’') && char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(' ');
            }
        }

        return Spaces().Replace(plain.ToString(), " ").Trim();
    }

    private static bool IsYear(string word) => word.Length == 4 && word.All(char.IsAsciiDigit);

    /// <summary>Credits of guests, which stand in the title on one site and among the artists on another.</summary>
    [GeneratedRegex(
        @"[\(\[]\s*(feat|ft|featuring|with)\b[^\)\]]*[\)\]]|\b(feat|ft|featuring)\b[^\(\)\[\]-]*",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Guests();

    [GeneratedRegex(" {2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
