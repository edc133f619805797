using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Decant.Engine.Converting.Subtitles;

/// <summary>A line of a cue, cleaned: text a player shows, and italics, bold and underline.</summary>
internal static partial class CueText
{
    private const int MostLetters = 1000;

    /// <param name="line">Line as the site sends it: anybody's text.</param>
    /// <returns>Safe in WebVTT; empty where nothing is to be read.</returns>
    public static string Clean(string line)
    {
        var clean = new StringBuilder();
        var at = 0;
        foreach (Match tag in Tag.Matches(line))
        {
            clean.Append(Escape(line[at..tag.Index]));
            at = tag.Index + tag.Length;
            if (tag.Groups["kept"].Success)
                clean.Append(tag.Value.ToLowerInvariant());
        }
        clean.Append(Escape(line[at..]));
        var text = clean.ToString().Trim();
        return KeptTag.Replace(text, "").Trim().Length == 0 ? "" : text;
    }

    /// <summary>Text in SubRip's form, which has no escapes.</summary>
    public static string ToSubRip(string text) =>
        text.Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);

    private static string Escape(string raw)
    {
        var text = new string([
            .. WebUtility.HtmlDecode(raw).Where(letter => letter == '\t' || !char.IsControl(letter)).Take(MostLetters),
        ]);
        return text
        // Times stand between such arrows; a text with one would end the cue.
        .Replace("-->", "→", StringComparison.Ordinal)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
    }

    /// <summary>WebVTT's tags and times, SubRip's fonts, and the positions (<c>{\an8}</c>) that wandered over from ASS.</summary>
    [GeneratedRegex(
        @"(?<kept></?[ibu]>)|</?[a-z][^<>]*>|<[0-9:.]+>|\{\\[^{}]*\}",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex Tag { get; }

    [GeneratedRegex("</?[ibu]>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex KeptTag { get; }
}
