using System.Text.RegularExpressions;
using Decant.Engine.Converting.Subtitles;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine;

/// <summary>Reads the text of a medium's subtitles; nothing else of the medium is fetched.</summary>
public sealed class Transcripts
{
    private readonly Func<SourcePage, InspectOptions, CancellationToken, Task<MediaInfo>> _inspect;
    private readonly SubtitleFetch _fetch;

    internal Transcripts(
        Func<SourcePage, InspectOptions, CancellationToken, Task<MediaInfo>> inspect,
        SubtitleFetch fetch
    ) => (_inspect, _fetch) = (inspect, fetch);

    /// <param name="page">The page.</param>
    /// <param name="language">BCP 47, matched as in a download; null for people's own subtitles before automatic ones, and the original language before translations.</param>
    /// <param name="cancellationToken">Token that ends the fetch.</param>
    /// <exception cref="MediaException"><c>unknown_format</c> where there are none, or none in the language; <c>invalid_request</c> where the language is no tag.</exception>
    public async Task<Transcript> ReadAsync(SourcePage page, string? language, CancellationToken cancellationToken)
    {
        var wish = ReadWish(language);
        var info = await _inspect(page, new InspectOptions(), cancellationToken);
        Refusals.EnsureOne(info);
        var offered = info.Subtitles.Where(one => one.Stream is null).ToList();
        var chosen = wish is null ? Best(info, offered) : In(wish, offered);
        using var directory = ScratchDirectory.Create("transcript");
        var subtitle = (await _fetch.FetchAsync([chosen], directory.Path, cancellationToken))[0];
        return new Transcript(info, chosen, [.. subtitle.Cues.Select(TranscriptLine.Of)]);
    }

    private static string? ReadWish(string? language) =>
        string.IsNullOrWhiteSpace(language)
            ? null
            : LanguageTag.TryReadWish(language)
                ?? throw new MediaException(
                    MediaError.InvalidRequest,
                    $"The language \"{language}\" is no language tag. Give one such as en, pt-BR or zh-Hans."
                )
                {
                    Field = "language",
                };

    private static SourceSubtitle In(string language, List<SourceSubtitle> offered)
    {
        try
        {
            return Languages.Written(offered, [language])[0];
        }
        catch (MediaException unknown) when (unknown.Error == MediaError.UnknownFormat)
        {
            // There it is a download's field.
            throw new MediaException(unknown.Error, unknown.Message) { Field = "language" };
        }
    }

    /// <summary>YouTube marks what it heard itself with <c>-orig</c>; the other automatic ones are translations of that.</summary>
    private static SourceSubtitle Best(MediaInfo info, List<SourceSubtitle> offered) =>
        offered
            .OrderBy(one => one.IsAutomatic)
            .ThenBy(one => !one.Language.EndsWith("-orig", StringComparison.OrdinalIgnoreCase))
            .FirstOrDefault()
        ?? throw new MediaException(
            MediaError.UnknownFormat,
            info.Subtitles.Count > 0
                ? $"The subtitles of \"{info.Title}\" are inside its file. Download it with subtitles as files to read them."
                : $"The source has no subtitles of \"{info.Title}\"."
        )
        {
            Field = "language",
        };
}

/// <summary>The text of a medium.</summary>
/// <param name="Info">The medium.</param>
/// <param name="Source">Subtitles that it was read from.</param>
/// <param name="Lines">Lines in order of time.</param>
public sealed record Transcript(MediaInfo Info, SourceSubtitle Source, IReadOnlyList<TranscriptLine> Lines);

/// <summary>A line of a transcript: plain text, without line breaks and marks.</summary>
/// <param name="Start">Time at which it is said.</param>
/// <param name="End">Time at which it goes.</param>
/// <param name="Text">Plain text.</param>
public sealed partial record TranscriptLine(TimeSpan Start, TimeSpan End, string Text)
{
    internal static TranscriptLine Of(Cue cue) =>
        new(cue.Start, cue.End, CueText.ToSubRip(Mark.Replace(cue.Text, "")).ReplaceLineEndings(" ").Trim());

    [GeneratedRegex("</?[ibu]>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Mark { get; }
}
