using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Decant.Engine.Converting.Subtitles;

/// <summary>
/// Reads WebVTT (w3.org/TR/webvtt1) and SubRip, which are alike: a line of times, then text up to a blank line; and <see cref="TimedText"/>. Everything
/// else (numbers, styles, notes, positions) is left out, so that nothing of a stranger's file comes through but text and times.
/// </summary>
internal static partial class CueReader
{
    /// <summary>A film of three hours has three thousand.</summary>
    private const int MostCues = 50_000;
    private const int MostLines = 20;

    /// <returns>In order of time; none where the file is something else.</returns>
    public static IReadOnlyList<Cue> Read(byte[] file)
    {
        if (TimedText.Read(file, MostCues) is { } timed)
            return [.. timed.Distinct().OrderBy(cue => cue.Start)];
        var cues = new List<Cue>();
        using var reader = new StringReader(Decode(file));
        var line = reader.ReadLine();
        while (line is not null && cues.Count < MostCues)
        {
            if (TimesOf(line) is not var (start, end))
            {
                line = reader.ReadLine();
                continue;
            }
            var lines = new List<string>();
            while ((line = reader.ReadLine()) is { Length: > 0 } && TimesOf(line) is null)
                if (lines.Count < MostLines && CueText.Clean(line) is { Length: > 0 } clean)
                    lines.Add(clean);
            if (end > start && lines.Count > 0)
                cues.Add(new Cue(start, end, string.Join('\n', lines)));
        }
        // The segments of a stream repeat what reaches over their edges.
        return [.. cues.Distinct().OrderBy(cue => cue.Start)];
    }

    /// <summary>UTF-8 as WebVTT must be; old SubRip files are whatever their author's machine wrote.</summary>
    private static string Decode(byte[] file)
    {
        try
        {
            using var reader = new StreamReader(
                new MemoryStream(file),
                new UTF8Encoding(false, throwOnInvalidBytes: true)
            );
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(file);
        }
    }

    private static (TimeSpan Start, TimeSpan End)? TimesOf(string line)
    {
        if (!line.Contains("-->", StringComparison.Ordinal) || Times.Match(line) is not { Success: true } match)
            return null;
        return (Time("from"), Time("to"));

        TimeSpan Time(string name)
        {
            var parts = match.Groups[name].Value.Replace(',', '.').Split(':');
            return TimeSpan.FromSeconds(
                parts.Aggregate(0.0, (sum, part) => sum * 60 + double.Parse(part, CultureInfo.InvariantCulture))
            );
        }
    }

    [GeneratedRegex(
        @"^\s*(?<from>([0-9]{1,4}:)?[0-9]{1,2}:[0-9]{1,2}[.,][0-9]{1,3})\s*-->\s*(?<to>([0-9]{1,4}:)?[0-9]{1,2}:[0-9]{1,2}[.,][0-9]{1,3})(\s|$)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex Times { get; }
}
