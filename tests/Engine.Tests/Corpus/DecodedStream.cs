using System.Globalization;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Corpus;

/// <summary>One stream of a file, decoded to its end by ffmpeg's command with nothing of the engine between.</summary>
/// <param name="IsVideo">Picture or sound.</param>
/// <param name="Start">When the first frame is presented (seconds).</param>
/// <param name="End">When the last one ends (seconds).</param>
/// <param name="Seconds">Of all frames, one after the other; of those that have the same time only one is shown.</param>
/// <param name="Frames">A checksum of each picture, or of each piece of sound.</param>
internal sealed record DecodedStream(
    bool IsVideo,
    double Start,
    double End,
    double Seconds,
    IReadOnlyList<string> Frames
)
{
    /// <summary>The first picture and the first sound; empty for what cannot be decoded.</summary>
    public static async Task<IReadOnlyList<DecodedStream>> ReadAsync(string path)
    {
        var (isVideo, ticks) = (new Dictionary<string, bool>(), new Dictionary<string, double>());
        var frames = new List<string[]>();
        await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                [
                    .. (string[])["-v", "quiet", "-nostdin", "-i", path, "-map", "0:V:0?", "-map", "0:a:0?"],
                    .. (string[])["-c:a", "pcm_s16le", "-fps_mode", "passthrough", "-f", "framecrc", "pipe:1"],
                ]
            )
            {
                Access = null,
                OnLine = Read,
            },
            TestContext.Current.CancellationToken
        );
        return [.. frames.GroupBy(frame => frame[0]).Select(stream => Of([.. stream]))];

        void Read(string line)
        {
            var words = line.Split([' ', ',', ':'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["#tb", var tick, var ratio])
                ticks[tick] = Ratio(ratio);
            else if (words is ["#media_type", var index, var kind])
                isVideo[index] = kind == "video";
            else if (!line.StartsWith('#') && words.Length >= 6)
                frames.Add(words);
        }

        DecodedStream Of(List<string[]> stream)
        {
            var tick = ticks[stream[0][0]];
            return new DecodedStream(
                isVideo[stream[0][0]],
                stream.Min(frame => Number(frame[2])) * tick,
                stream.Max(frame => Number(frame[2]) + Number(frame[3])) * tick,
                stream.GroupBy(frame => frame[2]).Sum(same => same.Max(frame => Number(frame[3]))) * tick,
                stream.ConvertAll(frame => frame[5])
            );
        }
    }

    /// <summary>True where the coded pictures of a made file are its source's, bit by bit, from some picture on.</summary>
    public static async Task<bool> HaveSamePicturesAsync(string source, string made)
    {
        var (there, came) = (await PicturesAsync(source), await PicturesAsync(made));
        return came.Count > 0 && came.Count <= there.Count && came.SequenceEqual(there.Skip(there.Count - came.Count));
    }

    private static async Task<List<string>> PicturesAsync(string path)
    {
        var sums = new List<string>();
        await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                [
                    .. (string[])["-v", "quiet", "-nostdin", "-i", path, "-map", "0:V:0?"],
                    .. (string[])["-c", "copy", "-f", "framecrc", "pipe:1"],
                ]
            )
            {
                Access = null,
                OnLine = line =>
                {
                    if (!line.StartsWith('#') && line.Split(',') is { Length: > 5 } fields)
                        sums.Add(fields[5]);
                },
            },
            TestContext.Current.CancellationToken
        );
        return sums;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsVideo ? "picture" : "sound")} {Start:0.00}–{End:0.00} s, {Frames.Count} frames"
        );

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Ratio(string text) =>
        text.Split('/') is [var over, var under] ? Number(over) / Number(under) : throw new FormatException(text);
}
