using Decant.Engine.Fetching;

namespace Decant.Engine.Joining;

/// <summary>Puts measured parts into the periods that their manifest names for them, as far as their clocks agree. Pure.</summary>
internal static class PartPlaces
{
    /// <param name="sources">The parts of each source.</param>
    /// <returns>The same, in their periods; a file that several periods play through one after the other is a single part.</returns>
    public static IReadOnlyList<IReadOnlyList<MeasuredPart>> Of(IReadOnlyList<IReadOnlyList<MeasuredPart>> sources)
    {
        var whole = sources.Select(PlayedOnce).ToList();
        var areSideBySide = whole.TrueForAll(parts => parts.Count == whole[0].Count);
        return
        [
            .. whole.Select(parts =>
                (IReadOnlyList<MeasuredPart>)
                    [
                        .. parts.Select(
                            (part, number) =>
                                (areSideBySide ? whole.TrueForAll(other => other[number].Fits) : part.Fits)
                                    ? part with
                                    {
                                        Window = part.Part.Window,
                                    }
                                    : part
                        ),
                    ]
            ),
        ];
    }

    /// <summary>
    /// Periods that name one file, all from its beginning, and last together no longer than it does: the offsets were forgotten, and the
    /// file is meant to be played through.
    /// </summary>
    private static IReadOnlyList<MeasuredPart> PlayedOnce(IReadOnlyList<MeasuredPart> parts)
    {
        var windows = parts.Select(part => part.Part.Window).ToList();
        if (
            parts.Count < 2
            || windows[0] is not { File: { } file } first
            || windows.Exists(window => window?.File != file || window.Shift - window.From != first.Shift - first.From)
        )
        {
            return parts;
        }
        var played = parts.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, part) => sum + part.Part.Duration);
        return played <= parts[0].Length + TimeSpan.FromSeconds(1)
            ? [parts[0] with { Part = parts[0].Part with { Window = first with { Until = null } } }]
            : parts;
    }
}
