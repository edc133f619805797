using System.Text.RegularExpressions;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>Words by which a title says that it is another recording of the same piece, or the same one tampered with. Pure.</summary>
internal static class VersionWords
{
    /// <summary>A new kind is a new line. The patterns read text that is plain already.</summary>
    private static readonly (string Version, Regex Pattern)[] Kinds =
    [
        ("live", Words("live|en vivo|ao vivo|en directo|concert|sessions?|tiny desk|at the bbc")),
        ("cover", Words("cover(ed)?( by)?|tribute|in the style of|as made famous by|originally performed by")),
        ("karaoke", Words("karaoke|sing ?along|backing track|minus one")),
        ("instrumental", Words("instrumental|off vocal")),
        ("a cappella", Words("a ?cappella|acapella|vocals only|isolated vocals?")),
        ("remix", Words(@"remix(ed)?|rmx|bootleg|mash ?up|rework|(?!original\b)\w+ mix|vip")),
        ("edit", Words("edit|extended|short version|long version|shortened")),
        ("sped up", Words(@"sped up|speed(ed)? up|spedup|nightcore|faster version|fast version")),
        ("slowed", Words("slowed|reverb|daycore|chopped|slower")),
        ("acoustic", Words("acoustic|unplugged|stripped|piano version|guitar version")),
        ("own version", Words(@"\w+s version|re ?record(ed|ing)")),
        ("demo", Words("demo|rehearsal|outtake|early take|alternate take")),
        ("arranged", Words("orchestral|symphonic|lullaby|8 bit|lo ?fi|music box|string quartet|choir version")),
        ("effect", Words("8d|bass boosted|432 ?hz|hardstyle|phonk")),
        ("loop", Words(@"loop(ed)?|\d+ hours?|one hour")),
        ("talk", Words("reaction|review|tutorial|lesson|how to play|teaser|trailer|interview|commentary|snippet")),
    ];

    /// <summary>"Part 2" is not part 1. A year is no such number: it says when a video was put up.</summary>
    private static readonly Regex Number = Words(@"\d{1,3}");

    /// <returns>Number of mentions of each kind and each number; absent ones are left out.</returns>
    public static IReadOnlyDictionary<string, int> In(string plain) =>
        Kinds
            .Select(kind => (kind.Version, Times: kind.Pattern.Count(plain)))
            .Where(kind => kind.Times > 0)
            .Concat(
                Number.Matches(plain).GroupBy(match => match.Value).Select(group => (group.Key, Times: group.Count()))
            )
            .ToDictionary(kind => kind.Item1, kind => kind.Times, StringComparer.Ordinal);

    private static Regex Words(string alternatives) =>
        new(
            $@"\b({alternatives})\b",
            RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );
}
