namespace Decant.Engine.Converting.Subtitles;

/// <summary>A cue: a text on the screen with its times.</summary>
/// <param name="Start">Time at which it appears.</param>
/// <param name="End">Time at which it goes.</param>
/// <param name="Text">Lines as WebVTT writes them: <c>&amp;</c> and angle brackets escaped, no tags but i, b and u.</param>
internal sealed record Cue(TimeSpan Start, TimeSpan End, string Text)
{
    /// <summary>Cues of a clip, with times from the clip's beginning.</summary>
    /// <param name="cues">Cues of the whole.</param>
    /// <param name="start">Beginning of the part.</param>
    /// <param name="length">Length of the part; null for all that follows.</param>
    public static IReadOnlyList<Cue> Within(IReadOnlyList<Cue> cues, TimeSpan start, TimeSpan? length)
    {
        var end = length is { } some ? start + some : TimeSpan.MaxValue;
        return
        [
            .. cues.Where(cue => cue.End > start && cue.Start < end)
                .Select(cue =>
                    cue with
                    {
                        Start = cue.Start > start ? cue.Start - start : TimeSpan.Zero,
                        End = (cue.End < end ? cue.End : end) - start,
                    }
                ),
        ];
    }
}
