using System.Globalization;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Fidelity;

/// <summary>One stream of a file as ffprobe lists its packets, without any code of the engine's.</summary>
/// <param name="Kind"><c>video</c>, <c>audio</c>, <c>subtitle</c>.</param>
/// <param name="Codec">In ffmpeg's words.</param>
/// <param name="Packets">How many.</param>
/// <param name="Start">When the first is presented (seconds).</param>
/// <param name="End">When the last ends (seconds).</param>
internal sealed record StreamShape(string Kind, string Codec, int Packets, double Start, double End)
{
    public double Length => End - Start;

    /// <summary>The streams of a file in its order, a cover left out.</summary>
    public static async Task<IReadOnlyList<StreamShape>> ReadAsync(string path)
    {
        var lines = new List<string>();
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffprobe",
                [
                    "-v",
                    "quiet",
                    "-of",
                    "compact",
                    "-show_entries",
                    "packet=stream_index,pts_time,dts_time,duration_time:stream=index,codec_name,codec_type:stream_disposition=attached_pic",
                    path,
                ]
            )
            {
                Access = null,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, $"{path} cannot be read: {outcome.ErrorTail}");
        var all = lines.ConvertAll(Fields);
        var packets = all.Where(line => line.ContainsKey("packet")).ToLookup(line => line["stream_index"]);
        return
        [
            .. all.Where(line => line.ContainsKey("stream") && line["disposition:attached_pic"] == "0")
                .Select(line => Shape(line, [.. packets[line["index"]]])),
        ];
    }

    /// <summary>The streams of a file in one line, for a row of <see cref="FidelityTable"/>.</summary>
    public static async Task<string> DescribeAsync(string path) => string.Join("; ", await ReadAsync(path));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Codec} {Start:0.00}–{End:0.00} s ({Packets})");

    private static StreamShape Shape(Dictionary<string, string> stream, List<Dictionary<string, string>> packets)
    {
        var spans = packets
            .Select(packet => (Start: Seconds(packet, "pts_time") ?? Seconds(packet, "dts_time"), Packet: packet))
            .Where(span => span.Start is not null)
            .Select(span =>
                (Start: span.Start!.Value, End: span.Start.Value + (Seconds(span.Packet, "duration_time") ?? 0))
            )
            .ToList();
        return new StreamShape(
            stream.GetValueOrDefault("codec_type", ""),
            stream.GetValueOrDefault("codec_name", "unknown"),
            packets.Count,
            spans.Select(span => span.Start).DefaultIfEmpty().Min(),
            spans.Select(span => span.End).DefaultIfEmpty().Max()
        );
    }

    private static double? Seconds(Dictionary<string, string> fields, string name) =>
        double.TryParse(fields.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static Dictionary<string, string> Fields(string line)
    {
        var fields = new Dictionary<string, string>();
        foreach (var part in line.Split('|'))
        {
            fields.TryAdd(part.Split('=')[0], part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        }
        return fields;
    }
}
