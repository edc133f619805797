namespace Decant.Engine.Extracting.Spotify;

/// <summary>Latin letters without what stands on or in them. A table of our own: the program carries no culture's data (see <c>Directory.Build.props</c>), and without it nothing is taken apart.</summary>
internal static class Accents
{
    private static readonly Dictionary<char, string> Bare = new (string Letters, string Plain)[]
    {
        ("àáâãäåāăą", "a"),
        ("çćĉċč", "c"),
        ("ďđð", "d"),
        ("èéêëēĕėęě", "e"),
        ("ĝğġģ", "g"),
        ("ĥħ", "h"),
        ("ìíîïĩīĭįı", "i"),
        ("ĵ", "j"),
        ("ķ", "k"),
        ("ĺļľŀł", "l"),
        ("ñńņňŉ", "n"),
        ("òóôõöøōŏő", "o"),
        ("ŕŗř", "r"),
        ("śŝşšș", "s"),
        ("ţťŧț", "t"),
        ("ùúûüũūŭůűų", "u"),
        ("ŵ", "w"),
        ("ýÿŷ", "y"),
        ("źżž", "z"),
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("þ", "th"),
    }
        .SelectMany(row => row.Letters.Select(letter => (letter, row.Plain)))
        .ToDictionary(row => row.letter, row => row.Plain);

    /// <param name="letter">Letter in lower case.</param>
    /// <returns>Null for a letter that is bare already.</returns>
    public static string? Without(char letter) => Bare.GetValueOrDefault(letter);
}
