using System.Text.RegularExpressions;
using Decant.Engine.Errors;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Meaning of the reasons that platforms, and the extractors on their behalf, give in words.</summary>
/// <remarks>The texts were collected from the extractors' sources; tests hold the real ones.</remarks>
internal static partial class SourceTexts
{
    /// <param name="Pattern">Matched against the text, ignoring case.</param>
    /// <param name="Error">Error that the text means.</param>
    /// <param name="Sentence">Sentence for a person: {0} is the host.</param>
    private sealed record Meaning(Regex Pattern, MediaError Error, string Sentence);

    /// <summary>The first that fits counts: "Sign in to confirm you're not a bot" is no request for a login.</summary>
    private static readonly Meaning[] Meanings =
    [
        new(
            Regex(@"\bDRM\b"),
            MediaError.DrmProtected,
            "The medium at {0} is DRM protected, and protection is not circumvented."
        ),
        new(
            Regex(
                @"not a valid url|incomplete youtube id|looks truncated|did you forget to quote|missing .* id\b|invalid url"
            ),
            MediaError.InvalidUrl,
            "{0} does not know this address; it looks cut short or mistyped."
        ),
        new(
            Regex(
                @"not a bot|captcha|anti-bot|challenge before|tls fingerprint|impersonation|request has been blocked"
                    + @"|\bip( address)? (is|has been|may be) (likely )?(being )?blocked|ip address is unable|rejected by server"
            ),
            MediaError.SourceBlocked,
            "{0} refuses this server; whoever runs it may use another network address or proxy."
        ),
        new(
            Regex(@"rate[- ]limit|too many requests|play limit"),
            MediaError.SourceRateLimited,
            "{0} has had too many requests from this server; try again later."
        ),
        new(
            Regex(
                @"service temporarily|temporarily unavailable|server-side|internal (server )?error|is processing|try again later"
            ),
            MediaError.SourceFailed,
            "{0} cannot serve the medium at present; try again later."
        ),
        new(
            Regex(
                @"confirm your age|age[- ](restricted|verified|verification|limit)|nsfw|inappropriate for some|sensitive content|explicit content"
                    + @"|^restricted video:|\b18 years"
            ),
            MediaError.AgeRestricted,
            "{0} shows the medium only to people whose age it knows, which this server cannot prove."
        ),
        new(
            Regex(
                @"(in|from|to) your (country|region|location|area)|geo[- ]?(restrict|block)|blocked in this region"
                    + @"|due to your location|available in \w+ only|restricted to \w+$"
            ),
            MediaError.GeoBlocked,
            "{0} does not show the medium in this server's country."
        ),
        new(
            Regex(
                @"will begin|will start|premiere|(not|n't) (yet |been )?(started|begun)|scheduled for|not available yet|available after|yet available"
            ),
            MediaError.NotStarted,
            "The live stream at {0} has not begun; try again when it is on air."
        ),
        new(
            Regex(
                @"\bprivate\b|protected (tweet|post|account)|do(es)? not have permission|not authorized|users who follow"
                    + @"|password|been approved|not have access|embed-only"
            ),
            MediaError.PrivateContent,
            "The medium at {0} is private; only its owner can share it."
        ),
        new(
            Regex(
                @"sign in|log(ged)?[- ]?(in|on)\b|login|registered users|members[- ]only|for members|join this channel"
                    + @"|subscri|premium|purchase|\brent|\bpaid\b|requires? payment|\bvip\b|supporter|authenticat|account that|unreachable"
            ),
            MediaError.LoginRequired,
            "{0} shows the medium only to people who are logged in, or have paid for it."
        ),
        new(
            Regex(
                @"removed|deleted|not found|no longer|(does|do)(n't| not) (exist|have an?|have any|contain)|terminated|suspended|expired"
                    + @"|unavailable|(not|n't) available|\bno (video|videos|media|audio|supported media|episodes)\b|not a video"
                    + @"|has ended|ended (and|but)|offline|not been made available|taken down|copyright"
            ),
            MediaError.ContentNotFound,
            "There is no such medium at {0}: it was removed, never existed, or the page holds none."
        ),
        new(
            Regex(@"not (be )?supported|unsupported"),
            MediaError.UnsupportedUrl,
            "Pages of this kind at {0} are not supported; send the address of a medium."
        ),
    ];

    /// <returns>Null where the text says nothing known.</returns>
    public static (MediaError Error, string Sentence)? Read(string text, string host)
    {
        var meaning = Array.Find(Meanings, candidate => candidate.Pattern.IsMatch(text));
        return meaning is null
            ? null
            : (meaning.Error, meaning.Sentence.Replace("{0}", host, StringComparison.Ordinal));
    }

    /// <summary>The text without the advice meant for people at yt-dlp's command line, short enough to quote.</summary>
    public static string Clean(string text)
    {
        var plain = OptionAdvice().Replace(Escapes().Replace(text, "").ReplaceLineEndings(" "), "");
        var sentences = SentenceEnds()
            .Split(plain)
            .Select(sentence => sentence.Trim())
            .Where(sentence => sentence.Length > 0 && !CommandLineAdvice().IsMatch(sentence));
        var clean = string.Join(' ', sentences).Trim(' ', '.', ';', ':');
        return clean.Length <= 200 ? clean : clean[..200] + "…";
    }

    private static Regex Regex(string pattern) =>
        new(
            pattern,
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );

    [GeneratedRegex(@"\x1b\[[0-9;]*m|[\p{Cc}-[\n\r]]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escapes();

    /// <summary>"…, use the --video-password option".</summary>
    [GeneratedRegex(
        @"[,;]?\s*\b(and |or )?(use|try|try again|adding|add)\b( with)?( the)?\s+`?-[-\w][^.;]*",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex OptionAdvice();

    [GeneratedRegex(@"(?<=[.;!])\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SentenceEnds();

    [GeneratedRegex(
        @"(^|\s)`?--?[a-z]|yt-dlp|github\.com|cookies|vpn|open (an )?issue|^if it is not, then|^otherwise, if|unless you have evidence|your (account|browser)\b.*\bif",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex CommandLineAdvice();
}
