using System.Globalization;
using System.Text;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting.Subtitles;

/// <summary>Writes cues as a file that players read.</summary>
internal static class CueWriter
{
    public static string Write(IReadOnlyList<Cue> cues, SubtitleFormat format)
    {
        var text = new StringBuilder(format == SubtitleFormat.Vtt ? "WEBVTT\n\n" : "");
        for (var index = 0; index < cues.Count; index++)
        {
            var cue = cues[index];
            if (format == SubtitleFormat.Srt)
                text.Append(CultureInfo.InvariantCulture, $"{index + 1}\n");
            text.Append(Time(cue.Start, format))
                .Append(" --> ")
                .Append(Time(cue.End, format))
                .Append('\n')
                .Append(format == SubtitleFormat.Srt ? CueText.ToSubRip(cue.Text) : cue.Text)
                .Append("\n\n");
        }
        return text.ToString();
    }

    private static string Time(TimeSpan time, SubtitleFormat format) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{(format == SubtitleFormat.Srt ? ',' : '.')}{time.Milliseconds:000}"
        );
}
