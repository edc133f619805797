using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Engine.Probing;

/// <summary>Reads ffprobe's <c>compact</c> output line by line, so that a long file's packets need no memory.</summary>
internal sealed class ProbeReport
{
    /// <summary>Bytes of a line, with every tag of a file in it.</summary>
    private const int LongestLine = 1 << 20;

    /// <summary>Bytes of all that is said beside packets.</summary>
    private const long MostSaid = 32 << 20;

    /// <summary>Bare pictures in the order they are decoded in, which is not the one they are shown in: only a decoder knows that.</summary>
    private static readonly string[] WithoutTimes =
    [
        "h264",
        "hevc",
        "m4v",
        "mpegvideo",
        "vc1",
        "cavsvideo",
        "dirac",
        "obu",
    ];

    private readonly Dictionary<int, PacketTally> _tallies = [];
    private readonly List<Dictionary<string, string>> _streams = [];
    private Dictionary<string, string> _format = [];
    private long _said;

    /// <summary>Reads ffprobe's standard output to its end.</summary>
    /// <exception cref="MediaException"><c>source_failed</c> where it says more than there can be to say.</exception>
    public async Task ReadAsync(Stream output)
    {
        var pipe = PipeReader.Create(output, new StreamPipeReaderOptions(bufferSize: 64 << 10));
        while (true)
        {
            var read = await pipe.ReadAsync();
            var rest = ReadLines(read.Buffer);
            if (read.IsCompleted)
                break;
            if (rest.Length > LongestLine || _said > MostSaid)
                throw new MediaException(
                    MediaError.SourceFailed,
                    "What the source delivered says more of itself than can be read."
                );
            pipe.AdvanceTo(rest.Start, rest.End);
        }
        await pipe.CompleteAsync();
    }

    private ReadOnlySequence<byte> ReadLines(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
            Read(line.IsSingleSegment ? line.FirstSpan : line.ToArray());
        return reader.UnreadSequence;
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        if (PacketLine.TryRead(line) is { } packet)
        {
            Count(packet);
            return;
        }
        _said += line.Length;
        if (line.StartsWith("stream|"u8))
            _streams.Add(Fields(Encoding.UTF8.GetString(line)));
        else if (line.StartsWith("format|"u8))
            _format = Fields(Encoding.UTF8.GetString(line));
    }

    /// <param name="warnings">Warnings that ffprobe wrote beside the report.</param>
    /// <returns>Null where it named no format.</returns>
    public ProbedMedia? Finish(IReadOnlyList<string> warnings) =>
        _format.TryGetValue("format_name", out var name)
            ? new ProbedMedia
            {
                FormatName = name,
                Duration = Seconds(_format, "duration"),
                DurationIsEstimate = warnings.Any(line =>
                    line.Contains("Estimating duration from bitrate", StringComparison.Ordinal)
                ),
                Start = Number(_format, "start_time") is > -1e9 and < 1e9 and var start
                    ? TimeSpan.FromSeconds(start)
                    : null,
                Size = Whole(_format, "size"),
                Tags = Tags(name),
                Streams =
                [
                    .. _streams.Select(fields => Stream(fields) with { LacksTimes = WithoutTimes.Contains(name) }),
                ],
            }
            : null;

    /// <summary>Ogg has its tags on the stream.</summary>
    private Dictionary<string, string> Tags(string format)
    {
        const string Prefix = "tag:";
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var sound = format == "ogg" ? _streams.Find(fields => KindOf(fields) == StreamKind.Audio) : null;
        foreach (var (name, value) in _format.Concat(sound ?? []))
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
                tags.TryAdd(name[Prefix.Length..], value);
        return tags;
    }

    private ProbedStream Stream(Dictionary<string, string> fields)
    {
        var index = (int)(Whole(fields, "index") ?? 0);
        var codec = fields.GetValueOrDefault("codec_name") is { } name and not "unknown" ? name : "";
        return new ProbedStream
        {
            Index = index,
            Kind = KindOf(fields),
            Codec = codec,
            Profile = Known(fields, "profile"),
            PixelFormat = Known(fields, "pix_fmt"),
            Width = (int?)Whole(fields, "width"),
            Height = (int?)Whole(fields, "height"),
            Rotation = RotationOf(fields),
            FramesPerSecond = Ratio(fields, "avg_frame_rate") ?? Ratio(fields, "r_frame_rate"),
            ColorTransfer = Known(fields, "color_transfer"),
            SampleRate = (int?)Whole(fields, "sample_rate"),
            Channels = (int?)Whole(fields, "channels"),
            LacksLayout = fields.GetValueOrDefault("channel_layout") is null or "unknown",
            BitsPerSample = (int?)Whole(fields, "bits_per_raw_sample"),
            ChannelLayout = Known(fields, "channel_layout"),
            HeaderHash = Known(fields, "extradata_hash"),
            IsEncrypted = IsEncrypted(fields),
            IsDefault = IsSet(fields, "default"),
            IsAside = IsSet(fields, "comment") || IsSet(fields, "visual_impaired"),
            Bitrate = Whole(fields, "bit_rate"),
            Language = LanguageTag.TryRead(fields.GetValueOrDefault("tag:language")),
            // Matroska says a stream's length in a tag.
            Duration = Seconds(fields, "duration") ?? Clock(fields, "tag:DURATION"),
            Packets = _tallies.GetValueOrDefault(index)?.Read,
        };
    }

    /// <summary>Stream types of SAMPLE-AES in MPEG-TS (MPEG-2 Stream Encryption Format for HLS, 2.3.1) and Matroska's key; of MP4 see <see cref="EncryptedEntries"/>.</summary>
    private static bool IsEncrypted(Dictionary<string, string> fields) =>
        fields.GetValueOrDefault("codec_tag_string")
            is "[219][0][0][0]"
                or "[207][0][0][0]"
                or "[193][0][0][0]"
                or "[194][0][0][0]"
        || fields.ContainsKey("tag:enc_key_id");

    private void Count(PacketLine packet)
    {
        if (!_tallies.TryGetValue(packet.Stream, out var tally))
            _tallies[packet.Stream] = tally = new PacketTally();
        tally.Add(packet.Time, packet.Duration, packet.Size);
    }

    /// <summary><c>key=value</c> between bars, as ffprobe escapes them. The first of a name counts: what a file's tags say comes last and is anybody's text.</summary>
    private static Dictionary<string, string> Fields(string line)
    {
        var fields = new Dictionary<string, string>();
        var part = new StringBuilder();
        for (var at = 0; at <= line.Length; at++)
        {
            if (at == line.Length || line[at] == '|')
            {
                if (part.ToString() is var text && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign)
                    fields.TryAdd(text[..sign], text[(sign + 1)..]);
                part.Clear();
            }
            else
                part.Append(line[at] == '\\' && at + 1 < line.Length ? Unescaped(line[++at]) : line[at]);
        }
        return fields;
    }

    private static char Unescaped(char letter) =>
        letter switch
        {
            'n' => '\n',
            'r' => '\r',
            'b' => '\b',
            'f' => '\f',
            _ => letter,
        };

    private static StreamKind KindOf(Dictionary<string, string> fields) =>
        fields.GetValueOrDefault("codec_type") switch
        {
            "video" when fields.GetValueOrDefault("disposition:attached_pic") == "1" => StreamKind.CoverArt,
            "video" => StreamKind.Video,
            "audio" => StreamKind.Audio,
            "subtitle" => StreamKind.Subtitle,
            _ => StreamKind.Other,
        };

    private static bool IsSet(Dictionary<string, string> fields, string disposition) =>
        fields.GetValueOrDefault($"disposition:{disposition}") == "1";

    private static int RotationOf(Dictionary<string, string> fields) =>
        // The display matrix counts counter-clockwise, the old tag clockwise.
        Number(fields, "rotation") is { } matrix
            ? Quarter(-matrix)
        : Number(fields, "tag:rotate") is { } tag ? Quarter(tag)
        : 0;

    private static int Quarter(double degrees) => (((int)Math.Round(degrees / 90) % 4 + 4) % 4) * 90;

    private static string? Known(Dictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name) is { } value and not ("unknown" or "N/A") ? value : null;

    private static long? Whole(Dictionary<string, string> fields, string name) =>
        long.TryParse(
            fields.GetValueOrDefault(name),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var value
        )
            ? value
            : null;

    private static double? Number(Dictionary<string, string> fields, string name) =>
        double.TryParse(fields.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;

    private static TimeSpan? Seconds(Dictionary<string, string> fields, string name) =>
        Number(fields, name) is > 0 and < 1e9 and var value ? TimeSpan.FromSeconds(value) : null;

    private static TimeSpan? Clock(Dictionary<string, string> fields, string name) =>
        // Nanoseconds, of which a TimeSpan holds seven digits.
        fields.GetValueOrDefault(name)
            is { Length: > 16 } text
        && TimeSpan.TryParseExact(text[..16], @"hh\:mm\:ss\.fffffff", CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static double? Ratio(Dictionary<string, string> fields, string name)
    {
        var parts = fields.GetValueOrDefault(name)?.Split('/');
        return
            parts is [var over, var under]
            && double.TryParse(over, CultureInfo.InvariantCulture, out var frames)
            && double.TryParse(under, CultureInfo.InvariantCulture, out var seconds)
            && frames > 0
            && seconds > 0
            ? frames / seconds
            : null;
    }

    private sealed class PacketTally
    {
        private long _count;
        private long _bytes;
        private double _start = double.MaxValue;
        private double _end;
        private double _sum;

        public ReadPackets Read =>
            new(_count, TimeSpan.FromSeconds(_start == double.MaxValue ? 0 : _start), TimeSpan.FromSeconds(_end))
            {
                Bytes = _bytes,
                Sum = TimeSpan.FromSeconds(_sum),
            };

        public void Add(double? time, double duration, long size)
        {
            _count++;
            _bytes += size;
            var length = Math.Clamp(duration, 0, 1e6);
            _sum = Math.Min(_sum + length, 1e9);
            if (time is not { } start || Math.Abs(start) > 1e9)
                return;
            _start = Math.Min(_start, start);
            _end = Math.Max(_end, start + length);
        }
    }
}
