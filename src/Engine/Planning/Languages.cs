using Decant.Engine.Errors;
using Decant.Engine.Extracting;

namespace Decant.Engine.Planning;

/// <summary>Which formats speak a language.</summary>
internal static class Languages
{
    /// <summary>Those whose sound is in the language, and silent pictures to go with them.</summary>
    /// <exception cref="MediaException"><c>unknown_format</c>, listing the languages that are there.</exception>
    public static IReadOnlyList<SourceFormat> Speaking(IReadOnlyList<SourceFormat> formats, string language)
    {
        var spoken = formats.Where(format => !format.MayHaveAudio || Matches(format.Language, language)).ToList();
        if (spoken.Exists(format => format.MayHaveAudio))
            return spoken;
        var offered = formats.Select(format => format.Language).OfType<string>().Distinct().Order().ToList();
        throw new MediaException(
            MediaError.UnknownFormat,
            $"The source has no sound in the language \"{language}\". "
                + (offered.Count == 0 ? "It does not say which it has." : $"It has {string.Join(", ", offered)}.")
        )
        {
            Field = "audio_language",
        };
    }

    /// <summary>"pt" asks for any Portuguese, "pt-BR" for Brazil's (RFC 4647, basic filtering).</summary>
    private static bool Matches(string? tag, string range) =>
        tag is not null
        && (
            tag.Equals(range, StringComparison.OrdinalIgnoreCase)
            || tag.StartsWith(range + "-", StringComparison.OrdinalIgnoreCase)
        );
}
