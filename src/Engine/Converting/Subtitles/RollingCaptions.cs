namespace Decant.Engine.Converting.Subtitles;

/// <summary>
/// Automatic captions roll up the screen: each cue shows the line before once more, and a moment's cue between two shows
/// nothing new. As a file of subtitles that says every line three times; here each is said once.
/// </summary>
internal static class RollingCaptions
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    public static IReadOnlyList<Cue> Unroll(IReadOnlyList<Cue> cues)
    {
        var said = new List<Cue>();
        string[] shown = [];
        var until = TimeSpan.Zero;
        foreach (var cue in cues)
        {
            var lines = cue.Text.Split('\n');
            var follows = said.Count > 0 && (cue.Start - until).Duration() <= Moment;
            string[] fresh = follows ? [.. lines.SkipWhile(line => shown.Contains(line))] : lines;
            if (fresh.Length > 0)
                said.Add(cue with { Text = string.Join('\n', fresh) });
            else
                said[^1] = said[^1] with { End = cue.End };
            (shown, until) = (lines, cue.End);
        }
        return said;
    }
}
