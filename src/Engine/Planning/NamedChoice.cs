using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>The formats that a selector names.</summary>
internal static class NamedChoice
{
    public static IReadOnlyList<SourceFormat> Choose(
        IReadOnlyList<SourceFormat> formats,
        FormatSelector.Named selector,
        OutputRequest request
    )
    {
        var named = selector.Ids.Select(id => Find(formats, id)).ToList();
        if (request.AudioOnly)
            return
            [
                named.LastOrDefault(format => !format.MayHaveVideo && format.MayHaveAudio)
                    ?? named.LastOrDefault(format => format.MayHaveAudio)
                    ?? throw Unfit(selector, "has no sound", "Name one with sound, or ask for a video format."),
            ];
        if (named.Find(format => format.MayHaveVideo) is not { } picture)
            throw Unfit(selector, "has no picture", "Name one with a picture, or set audio_only.");
        // One silent format alone: who names a picture wants it to be heard.
        return named.Count == 1 ? VideoChoice.WithSound(picture, formats, request) : Pair(named, picture, selector);
    }

    private static List<SourceFormat> Pair(
        List<SourceFormat> named,
        SourceFormat picture,
        FormatSelector.Named selector
    )
    {
        var sound = named.Find(format => !ReferenceEquals(format, picture) && format.MayHaveAudio);
        return sound is null
            ? throw Unfit(selector, "names two pictures and no sound", "Join a video format and an audio format.")
            : [picture, sound];
    }

    private static SourceFormat Find(IReadOnlyList<SourceFormat> formats, string id) =>
        formats.FirstOrDefault(format => format.Id == id)
        ?? throw new MediaException(
            MediaError.UnknownFormat,
            $"The format_selector names \"{id}\", which this source does not offer. It offers {string.Join(", ", formats.Select(format => format.Id))}."
        )
        {
            Field = "format_selector",
        };

    private static MediaException Unfit(FormatSelector.Named selector, string why, string advice) =>
        new(MediaError.UnknownFormat, $"The format_selector \"{string.Join('+', selector.Ids)}\" {why}. {advice}")
        {
            Field = "format_selector",
        };
}
