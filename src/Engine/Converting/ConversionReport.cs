using System.Globalization;
using System.Text.RegularExpressions;

namespace Decant.Engine.Converting;

/// <summary>Packet counts of a conversion, read from the last lines that ffmpeg writes at the level "verbose".</summary>
/// <param name="Read">Counts of each source's stream that was asked for, by input and index.</param>
/// <param name="Written">Counts of each stream of the file, by index.</param>
internal sealed partial record ConversionReport(
    IReadOnlyDictionary<(int Input, int Index), StreamCount> Read,
    IReadOnlyDictionary<int, StreamCount> Written
)
{
    /// <summary>A report in which nothing was counted, or none was given.</summary>
    public static ConversionReport None { get; } =
        new(new Dictionary<(int Input, int Index), StreamCount>(), new Dictionary<int, StreamCount>());

    /// <summary>Recognises lines that are a count or a complaint; the rest repeats the source's tags, which are anybody's text.</summary>
    public static bool IsOfUse(string line) => Complaint().IsMatch(line) || Count().IsMatch(line);

    /// <param name="lines">Lines of standard error.</param>
    public static ConversionReport Of(IEnumerable<string> lines)
    {
        var read = new Dictionary<(int Input, int Index), StreamCount>();
        var written = new Dictionary<int, StreamCount>();
        foreach (var match in lines.Select(line => Count().Match(line)).Where(match => match.Success))
        {
            var count = new StreamCount(Number("packets")!.Value, Number("frames"), Number("samples"));
            var index = (int)Number("index")!.Value;
            if (match.Groups["way"].ValueSpan is "Input")
                read[((int)Number("file")!.Value, index)] = count;
            else
                written[index] = count;

            long? Number(string name) =>
                match.Groups[name] is { Success: true, ValueSpan: var digits }
                    ? long.Parse(digits, CultureInfo.InvariantCulture)
                    : null;
        }
        return new ConversionReport(read, written);
    }

    [GeneratedRegex(@"^(\[[^\]]* @ 0x[0-9a-f]+\] )?\[(error|fatal|panic)\] ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Complaint();

    /// <summary><c>Input stream #0:1 (audio): 217 packets read (43554 bytes); 216 frames decoded (221184 samples);</c> and the like of an output.</summary>
    [GeneratedRegex(
        @"^(\[[^\]]* @ 0x[0-9a-f]+\] )?\[verbose\]   (?<way>Input|Output) stream #(?<file>\d{1,4}):(?<index>\d{1,4}) \(\w+\):"
            + @"( (?<frames>\d+) frames encoded( \((?<samples>\d+) samples\))?;)?"
            + @" (?<packets>\d+) packets (read|muxed) \(\d+ bytes\);"
            + @"( (?<frames>\d+) frames decoded( \((?<samples>\d+) samples\))?;)?",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Count();
}

/// <param name="Packets">Number of packets read or written.</param>
/// <param name="Frames">Decoded or encoded; null for a stream that was copied.</param>
/// <param name="Samples">Number of samples in those frames; null for a picture.</param>
internal sealed record StreamCount(long Packets, long? Frames, long? Samples);
