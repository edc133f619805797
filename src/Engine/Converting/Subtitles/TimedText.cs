using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Decant.Engine.Probing.Mp4;

namespace Decant.Engine.Converting.Subtitles;

/// <summary>Reads TTML (w3.org/TR/ttml1, and its profile IMSC): text and times, whatever their style and place; bare, or in the fragments of an MP4 (<c>stpp</c>).</summary>
internal sealed partial class TimedText
{
    private const int MostCharacters = 16 << 20;
    private const int MostLines = 20;

    private readonly List<Cue> _cues = [];
    private readonly int _most;
    private readonly double _frameRate;
    private readonly double _tickRate;

    private TimedText(XElement root, int most)
    {
        _most = most;
        _frameRate = Number(root, "frameRate") ?? 30;
        if (
            Of(root, "frameRateMultiplier")?.Split(' ', ':') is [var over, var under]
            && double.TryParse(over, CultureInfo.InvariantCulture, out var times)
            && double.TryParse(under, CultureInfo.InvariantCulture, out var parts)
            && times > 0
            && parts > 0
        )
            _frameRate *= times / parts;
        _tickRate = Number(root, "tickRate") ?? (Of(root, "frameRate") is null ? 1 : _frameRate);
    }

    /// <returns>Null for what is no TTML.</returns>
    public static IReadOnlyList<Cue>? Read(byte[] file, int most)
    {
        var documents = Documents(file).Select(Parse).ToList();
        if (documents.Count == 0 || documents.Exists(document => document is null))
            return null;
        return [.. documents.SelectMany(document => new TimedText(document!, most).Take(document!)).Take(most)];
    }

    private List<Cue> Take(XElement root)
    {
        foreach (var body in root.Elements().Where(one => one.Name.LocalName == "body"))
            Walk(body, TimeSpan.Zero, TimeSpan.MaxValue, isInSequence: false, out _);
        return _cues;
    }

    /// <summary>A container's times count from its parent's beginning, or one after the other where that says so (<c>timeContainer</c>).</summary>
    private void Walk(XElement element, TimeSpan parent, TimeSpan until, bool isInSequence, out TimeSpan end)
    {
        var start = parent + (Time(Of(element, "begin")) ?? TimeSpan.Zero);
        var stated = Time(Of(element, "end")) is { } at ? (isInSequence ? start : parent) + at : (TimeSpan?)null;
        if (Time(Of(element, "dur")) is { } length && (stated is null || start + length < stated))
            stated = start + length;
        end = stated is { } ends && ends < until ? ends : until;
        if (_cues.Count >= _most)
            return;
        if (element.Name.LocalName == "p")
        {
            TakeText(element, start, end);
            return;
        }
        var isSequence = Of(element, "timeContainer") == "seq";
        var next = start;
        foreach (var child in element.Elements().Where(one => one.Name.LocalName is "div" or "p" or "body"))
        {
            Walk(child, isSequence ? next : start, end, isSequence, out var after);
            next = after == TimeSpan.MaxValue ? next : after;
        }
    }

    private void TakeText(XElement paragraph, TimeSpan start, TimeSpan end)
    {
        // Spans with times of their own are words that appear one by one.
        var spans = paragraph.Descendants().Where(one => Of(one, "begin") is not null).ToList();
        if (Of(paragraph, "begin") is null && spans.Count > 0)
        {
            foreach (var span in spans)
            {
                var from = start + (Time(Of(span, "begin")) ?? TimeSpan.Zero);
                var to =
                    Time(Of(span, "end")) is { } at ? start + at
                    : Time(Of(span, "dur")) is { } length ? from + length
                    : end;
                Add(from, to, Text(span));
            }
            return;
        }
        Add(start, end, Text(paragraph));
    }

    private void Add(TimeSpan start, TimeSpan end, string text)
    {
        var lines = text.Split('\n').Select(CueText.Clean).Where(line => line.Length > 0).Take(MostLines).ToList();
        if (end > start && end < TimeSpan.MaxValue && lines.Count > 0)
            _cues.Add(new Cue(start, end, string.Join('\n', lines)));
    }

    /// <summary>White space of the document's own layout is one blank; only <c>br</c> ends a line. Angle brackets in it are no tags.</summary>
    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            if (node is XText plain)
                text.Append(WebUtility.HtmlEncode(Blanks.Replace(plain.Value, " ")));
            else if (node is XElement { Name.LocalName: "br" })
                text.Append('\n');
            else if (node is XElement { Name.LocalName: "span" } span)
                text.Append(Text(span));
        }
        return text.ToString();
    }

    /// <summary>Clock times, with frames or a fraction, and offsets with a unit (section 10.3.1).</summary>
    private TimeSpan? Time(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Length == 0)
            return null;
        var parts = text.Split(':');
        if (parts.Length is 3 or 4)
        {
            double sum = 0;
            foreach (var part in parts[..3])
            {
                if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                    return null;
                sum = (sum * 60) + value;
            }
            var frames = parts.Length == 4 ? parts[3] : "0";
            return double.TryParse(frames, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                ? Span(sum + (count / _frameRate))
                : null;
        }
        var digits = text.TrimEnd('h', 'm', 's', 'f', 't');
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? text[digits.Length..] switch
            {
                "h" => Span(number * 3600),
                "m" => Span(number * 60),
                "s" or "" => Span(number),
                "ms" => Span(number / 1000),
                "f" => Span(number / _frameRate),
                "t" => Span(number / _tickRate),
                _ => null,
            }
            : null;
    }

    private static TimeSpan? Span(double seconds) => seconds < 1e7 ? TimeSpan.FromSeconds(seconds) : null;

    private static IEnumerable<byte[]> Documents(byte[] file)
    {
        if (
            file.Length > Mp4Box.HeadLength
            && Encoding.ASCII.GetString(file, 4, 4) is "ftyp" or "styp" or "moof" or "sidx"
        )
        {
            for (long at = 0; Mp4Box.Read(file.AsSpan((int)at), at, file.Length) is { } box; at = box.End)
                if (box.Type == "mdat")
                    yield return box.In(file).ToArray();
        }
        // A byte order mark, or markup at once.
        else if (file.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'<' or 0xef or 0xfe or 0xff, ..])
            yield return file;
    }

    private static XElement? Parse(byte[] document)
    {
        // No entities: a few lines of them unfold into gigabytes, or name files.
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            MaxCharactersInDocument = MostCharacters,
            XmlResolver = null,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document), settings);
            return XElement.Load(reader) is { Name.LocalName: "tt" } root ? root : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string? Of(XElement element, string name) =>
        element.Attributes().FirstOrDefault(one => one.Name.LocalName == name)?.Value;

    private static double? Number(XElement element, string name) =>
        double.TryParse(Of(element, name), CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Blanks { get; }
}
