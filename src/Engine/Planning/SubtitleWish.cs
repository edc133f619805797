using Decant.Engine.Errors;

namespace Decant.Engine.Planning;

/// <summary>Wanted subtitles, and their place.</summary>
/// <param name="Languages">BCP 47, in the order they are to come in; one at least.</param>
/// <param name="Place">Place of the subtitles: in the file or beside it.</param>
/// <param name="Format">Format of files beside it.</param>
public sealed record SubtitleWish(IReadOnlyList<string> Languages, SubtitlePlace Place, SubtitleFormat Format)
{
    private const int MostLanguages = 20;

    /// <summary>Reads a request's words. Without a mode they go into the file where it can hold them and no format is named, else beside it.</summary>
    /// <exception cref="MediaException"><c>invalid_request</c> with the field at fault.</exception>
    internal static SubtitleWish? Parse(SubtitleWords? words, Container container)
    {
        if (words is null)
            return null;
        var format = ReadFormat(words.Format);
        var place =
            ReadPlace(words.Mode)
            ?? (container.SubtitleCodec is null || format is not null ? SubtitlePlace.Files : SubtitlePlace.Embed);
        if (place == SubtitlePlace.Embed && container.SubtitleCodec is null)
            throw Invalid(
                "subtitles.mode",
                $"The format \"{container.Name}\" holds no subtitles. Ask for them as files, or for {Holders}."
            );
        if (place == SubtitlePlace.Embed && format is not null)
            throw Invalid(
                "subtitles.format",
                $"The format \"{words.Format}\" is for files beside the medium; what is embedded has its container's own. Leave it out, or ask for the mode files."
            );
        return new SubtitleWish(ReadLanguages(words.Languages), place, format ?? SubtitleFormat.Srt);
    }

    private static string Holders =>
        string.Join(", ", Container.All.Where(one => one.SubtitleCodec is not null).Select(one => one.Name));

    private static List<string> ReadLanguages(IReadOnlyList<string?>? languages)
    {
        if (languages is not { Count: > 0 and <= MostLanguages })
            throw Invalid(
                "subtitles.languages",
                $"The subtitles name {languages?.Count ?? 0} languages. Give 1 to {MostLanguages}, such as en or pt-BR."
            );
        var read = languages.Select(text =>
            LanguageTag.TryReadWish(text)
            ?? throw Invalid(
                "subtitles.languages",
                $"The subtitles' language \"{text}\" is no language tag. Give one such as en, pt-BR or zh-Hans."
            )
        );
        return [.. read.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static SubtitlePlace? ReadPlace(string? mode) =>
        string.IsNullOrWhiteSpace(mode)
            ? null
            : mode.Trim().ToUpperInvariant() switch
            {
                "EMBED" => SubtitlePlace.Embed,
                "FILES" => SubtitlePlace.Files,
                _ => throw Invalid(
                    "subtitles.mode",
                    $"The subtitles' mode \"{mode}\" is not known. Known are embed and files."
                ),
            };

    private static SubtitleFormat? ReadFormat(string? format) =>
        string.IsNullOrWhiteSpace(format)
            ? null
            : format.Trim().ToUpperInvariant() switch
            {
                "SRT" => SubtitleFormat.Srt,
                "VTT" => SubtitleFormat.Vtt,
                _ => throw Invalid(
                    "subtitles.format",
                    $"The subtitles' format \"{format}\" is not known. Known are srt and vtt."
                ),
            };

    private static MediaException Invalid(string field, string message) =>
        new(MediaError.InvalidRequest, message) { Field = field };
}

/// <summary>The same in a request's own words.</summary>
public sealed record SubtitleWords
{
    public IReadOnlyList<string?>? Languages { get; init; }
    public string? Mode { get; init; }
    public string? Format { get; init; }
}

/// <summary>Place of subtitles.</summary>
public enum SubtitlePlace
{
    /// <summary>Streams of the file itself.</summary>
    Embed,

    /// <summary>A file for each language, beside it.</summary>
    Files,
}

/// <summary>Format of a file of subtitles.</summary>
public enum SubtitleFormat
{
    /// <summary>SubRip.</summary>
    Srt,

    /// <summary>WebVTT (w3.org/TR/webvtt1).</summary>
    Vtt,
}
