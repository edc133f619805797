using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Engine.Errors;

namespace Decant.Engine.Planning;

/// <summary>Requested quality: the best or worst there is, a height in lines, or an audio bit rate.</summary>
public abstract partial record Quality
{
    public sealed record BestOf : Quality;

    public sealed record WorstOf : Quality;

    /// <param name="Lines">Height in pixels (the short side of a vertical picture).</param>
    /// <param name="FramesPerSecond">Most frames a second where the source has a choice; null for the most.</param>
    public sealed record Height(int Lines, int? FramesPerSecond = null) : Quality
    {
        /// <summary>A picture counts as this quality with up to 16 lines more: encoders that pad to whole blocks make 1088 lines of 1080.</summary>
        internal bool Admits(int shortSide) => shortSide <= (Lines + 15) / 16 * 16;
    }

    /// <param name="BitsPerSecond">Audio bit rate.</param>
    public sealed record AudioBitrate(long BitsPerSecond) : Quality;

    public static readonly Quality Best = new BestOf();
    public static readonly Quality Worst = new WorstOf();

    /// <summary>The words the documents name, for lists and messages. Any other height or bit rate in bounds is understood too.</summary>
    public static readonly IReadOnlyList<string> KnownHeights =
    [
        "144p",
        "240p",
        "360p",
        "480p",
        "720p",
        "1080p",
        "1440p",
        "2160p",
    ];

    public static readonly IReadOnlyList<string> KnownBitrates = ["64kbps", "128kbps", "192kbps", "256kbps", "320kbps"];

    private static readonly Dictionary<string, int> Nicknames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["2k"] = 1440,
        ["4k"] = 2160,
        ["8k"] = 4320,
    };

    /// <summary>Reads <c>720p</c>, <c>1080p60</c>, <c>4K</c>, <c>128kbps</c>, <c>best</c> … and the ways people type them.</summary>
    /// <exception cref="MediaException"><c>invalid_request</c>, listing the known ones.</exception>
    public static Quality Parse(string text)
    {
        var word = text.Trim();
        if (word.Equals("best", StringComparison.OrdinalIgnoreCase))
            return Best;
        if (word.Equals("worst", StringComparison.OrdinalIgnoreCase))
            return Worst;
        if (Nicknames.TryGetValue(word, out var nickname))
            return new Height(nickname);
        // A bare number is a height or a bit rate only where nobody could mean the other.
        if (KnownHeights.Contains(word + "p"))
            return new Height(Number(word));
        if (KnownBitrates.Contains(word + "kbps"))
            return new AudioBitrate(Number(word) * 1000L);
        if (
            HeightPattern.Match(word) is { Success: true } height
            && Number(height.Groups["lines"]) is >= 64 and <= 8640 and var lines
        )
            return new Height(lines, height.Groups["fps"] is { Success: true } fps ? Number(fps) : null);
        if (
            BitratePattern.Match(word) is { Success: true } rate
            && Number(rate.Groups["kilo"]) is >= 32 and <= 512 and var kilobits
        )
            return new AudioBitrate(kilobits * 1000L);
        throw new MediaException(
            MediaError.InvalidRequest,
            $"The quality \"{text}\" is not known. Known are best, worst, {string.Join(", ", KnownHeights)} and 4K for video, "
                + $"{string.Join(", ", KnownBitrates)} for audio."
        )
        {
            Field = "quality",
        };
    }

    private static int Number(Group digits) => Number(digits.Value);

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<lines>[0-9]{2,4})p(?<fps>[0-9]{2,3})?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex HeightPattern { get; }

    [GeneratedRegex(
        @"^(?<kilo>[0-9]{2,3}) ?k(bps|bit/s|b/s)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex BitratePattern { get; }
}
