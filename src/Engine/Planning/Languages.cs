using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Choice by language: the sounds and subtitles of a source in the requested languages.</summary>
internal static class Languages
{
    /// <summary>YouTube offers a hundred translations; a person reads a dozen.</summary>
    private const int MostNamed = 20;

    /// <summary>Formats whose sound is in the language, with silent pictures to go with them.</summary>
    /// <exception cref="MediaException"><c>unknown_format</c>, listing the languages that are there.</exception>
    public static IReadOnlyList<SourceFormat> Speaking(IReadOnlyList<SourceFormat> formats, string language)
    {
        var spoken = formats
            .Where(format =>
                !format.MayHaveAudio || format.AudioLanguages.Any(tag => LanguageTag.Matches(tag, language))
            )
            .ToList();
        if (spoken.Exists(format => format.MayHaveAudio))
            return spoken;
        var offered = formats.SelectMany(format => format.AudioLanguages).Distinct().Order().ToList();
        throw Unknown(
            "audio_language",
            $"The source has no sound in the language \"{language}\". "
                + (offered.Count == 0 ? "It does not say which it has." : $"It has {Named(offered)}.")
        );
    }

    /// <summary>Subtitles, one for each language, manual before automatic.</summary>
    /// <exception cref="MediaException"><c>unknown_format</c>, listing the languages that are there.</exception>
    public static IReadOnlyList<SourceSubtitle> Written(
        IReadOnlyList<SourceSubtitle> subtitles,
        IReadOnlyList<string> languages
    ) => [.. languages.Select(language => Written(subtitles, language)).Distinct()];

    private static SourceSubtitle Written(IReadOnlyList<SourceSubtitle> subtitles, string language) =>
        subtitles
            .Where(one => LanguageTag.Matches(one.Language, language))
            // "en" before "en-GB", where "en" was asked for.
            .OrderBy(one => one.IsAutomatic)
            .ThenBy(one => one.Language.Length)
            .ThenBy(one => one.Language, StringComparer.Ordinal)
            .FirstOrDefault()
        ?? throw Unknown(
            "subtitles.languages",
            $"The source has no subtitles in the language \"{language}\". " + Offer(subtitles)
        );

    private static string Offer(IReadOnlyList<SourceSubtitle> subtitles)
    {
        var manual = subtitles.Where(one => !one.IsAutomatic).Select(one => one.Language).Distinct().Order().ToList();
        var automatic = subtitles.Where(one => one.IsAutomatic).Select(one => one.Language).Except(manual).Order();
        string[] parts =
        [
            .. manual.Count > 0 ? (string[])[Named(manual)] : [],
            .. automatic.Any() ? (string[])[$"automatic ones in {Named([.. automatic])}"] : [],
        ];
        return parts.Length == 0 ? "It has none at all." : $"It has {string.Join(", and ", parts)}.";
    }

    private static string Named(List<string> languages) =>
        string.Join(", ", languages.Take(MostNamed))
        + (languages.Count > MostNamed ? $" and {languages.Count - MostNamed} more" : "");

    private static MediaException Unknown(string field, string message) =>
        new(MediaError.UnknownFormat, message) { Field = field };
}
