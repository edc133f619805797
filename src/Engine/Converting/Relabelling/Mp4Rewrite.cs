using System.Buffers.Binary;
using System.Text;
using Decant.Engine.Planning;
using Decant.Engine.Probing.Mp4;

namespace Decant.Engine.Converting.Relabelling;

/// <summary>
/// The head of an MP4 (<c>ftyp</c> and <c>moov</c>) as it is with our tags instead of its own, while its media stay as they are. Anything that is
/// not one of the boxes of an ordinary film or song makes it another's work: <see cref="TryOf"/> then has no answer (ADR 0060). Pure.
/// </summary>
internal sealed class Mp4Rewrite
{
    /// <summary>Brands of files that players take for an MP4 (https://mp4ra.org/registered-types/brands); QuickTime's own boxes mean other things.</summary>
    private static readonly string[] Brands =
    [
        "isom",
        "iso2",
        "iso4",
        "iso5",
        "iso6",
        "mp41",
        "mp42",
        "avc1",
        "dash",
        "M4V ",
        "M4VP",
        "M4A ",
        "MSNV",
    ];

    private const string SongBrand = "M4A ";

    /// <summary>Sample entries of the codecs that are copied (https://mp4ra.org/registered-types/sampleentries).</summary>
    private static readonly Dictionary<string, string> Entries = new()
    {
        ["h264"] = "avc1",
        ["hevc"] = "hvc1",
        ["av1"] = "av01",
        ["vp9"] = "vp09",
        ["aac"] = "mp4a",
        ["mp3"] = "mp4a",
        ["ac3"] = "ac-3",
        ["eac3"] = "ec-3",
        ["alac"] = "alac",
    };

    private static readonly string[] Outermost = ["ftyp", "moov", "mdat", "free", "skip", "wide"];

    /// <summary>Boxes that stay as they are.</summary>
    private static readonly Dictionary<string, string[]> Kept = new()
    {
        ["moov"] = ["mvhd", "iods"],
        ["trak"] = ["tkhd", "edts"],
        ["mdia"] = ["mdhd"],
        ["minf"] = ["vmhd", "smhd", "dinf"],
        ["stbl"] = ["stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stss", "sdtp", "sgpd", "sbgp"],
    };

    /// <summary>Boxes that are opened.</summary>
    private static readonly string[] Opened = ["trak", "mdia", "minf", "stbl"];

    /// <summary>Boxes that say something that is not ours to vouch for, or nothing.</summary>
    private static readonly string[] Dropped = ["udta", "meta", "free", "skip"];

    /// <summary>Boxes that begin with a version and, after it, two times at which somebody made or changed something.</summary>
    private static readonly string[] Dated = ["mvhd", "tkhd", "mdhd"];

    /// <summary>Letters of a language count from the character before "a".</summary>
    private const int LetterBase = 0x60;

    private readonly byte[] _index;
    private readonly ConversionPlan _plan;
    private readonly byte[]? _cover;
    private readonly byte[] _brands;
    private readonly BoxWriter _writer = new();
    private readonly List<int> _places = [];
    private readonly List<int> _longPlaces = [];
    private bool _isSound;

    private Mp4Rewrite(Mp4File file, ConversionPlan plan, byte[]? cover, byte[] brands)
    {
        (_index, _plan, _cover, _brands) = (file.Index, plan, cover, brands);
        Media = file.Media.First();
    }

    /// <summary>The one <c>mdat</c>.</summary>
    public Mp4Box Media { get; }

    /// <param name="file">File that was fetched.</param>
    /// <param name="brands">Content of its <c>ftyp</c> (4.3).</param>
    /// <param name="plan">Plan with the tags, and the languages of its streams.</param>
    /// <param name="cover">A JPEG; null for none.</param>
    /// <returns>Null where anything is unusual.</returns>
    public static Mp4Rewrite? TryOf(Mp4File file, ReadOnlySpan<byte> brands, ConversionPlan plan, byte[]? cover)
    {
        var isUsual =
            file.Boxes[0].Type == "ftyp"
            && file.Boxes.All(box => Outermost.Contains(box.Type))
            && file.Boxes.Count(box => box.Type == "ftyp") == 1
            && file.Media.Count() == 1
            && brands.Length >= 8
            && Brands.Contains(Encoding.Latin1.GetString(brands[..4]))
            && plan.Tags.All(tag => Mp4Tags.Knows(tag, plan.Container))
            && Mp4Track.TryReadAll(file) is { } tracks
            && tracks.Count == plan.Streams.Count
            && tracks.All(track => track.BeginsWithKey);
        if (!isUsual)
            return null;
        var rewrite = new Mp4Rewrite(file, plan, cover, BrandsFor(plan.Container, brands));
        return rewrite.TryWrite() ? rewrite : null;
    }

    /// <summary>Bytes that it takes.</summary>
    public int Length => _writer.Length;

    /// <param name="shift">Bytes by which the media come later in the file than they did.</param>
    /// <returns>Null where places no longer fit into 32 bits.</returns>
    public byte[]? Head(long shift)
    {
        var head = _writer.ToArray();
        foreach (var place in _places)
        {
            var moved = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(place)) + shift;
            if (moved is < 0 or > uint.MaxValue)
                return null;
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(place), (uint)moved);
        }
        foreach (var place in _longPlaces)
            BinaryPrimitives.WriteInt64BigEndian(
                head.AsSpan(place),
                BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(place)) + shift
            );
        return head;
    }

    /// <summary>Players of songs look for a brand of their own; the file is what it was besides.</summary>
    private static byte[] BrandsFor(Container container, ReadOnlySpan<byte> brands) =>
        container == Container.M4a && !brands.StartsWith(Encoding.ASCII.GetBytes(SongBrand))
            ?
            [
                .. Encoding.ASCII.GetBytes(SongBrand),
                0,
                0,
                2,
                0,
                .. Encoding.ASCII.GetBytes(SongBrand),
                .. brands[..4],
                .. brands[8..],
            ]
            : brands.ToArray();

    private bool TryWrite()
    {
        var isUsual = true;
        _writer.Box("ftyp", box => box.Bytes(_brands));
        _writer.Box(
            "moov",
            moov =>
            {
                isUsual = TryCopyChildren(Mp4Box.Read(_index, 0, _index.Length)!.Value, "moov");
                moov.Box("udta", udta => Mp4Tags.Write(udta, _plan, _cover));
            }
        );
        return isUsual;
    }

    private bool TryCopyChildren(Mp4Box parent, string type)
    {
        var children = parent.Children(_index)!;
        if (type == "mdia")
            _isSound = children.Any(box => box.Type == "hdlr" && box.In(_index)[8..].StartsWith("soun"u8));
        foreach (var box in children)
        {
            if (Opened.Contains(box.Type))
            {
                var isUsual = box.Children(_index) is not null;
                _writer.Box(box.Type, _ => isUsual = isUsual && TryCopyChildren(box, box.Type));
                if (!isUsual)
                    return false;
            }
            else if (box.Type is "stco" or "co64")
                CopyPlaces(box);
            else if (box.Type == "hdlr")
                CopyHandler(box);
            else if (Kept[type].Contains(box.Type))
            {
                if (!TryCopy(box))
                    return false;
            }
            else if (!Dropped.Contains(box.Type))
                return false;
        }
        return true;
    }

    /// <summary>ADR 0037: what a stranger named its tracks is as little ours as its tags are.</summary>
    private void CopyHandler(Mp4Box box)
    {
        var body = box.In(_index)[..12].ToArray();
        var name = body.AsSpan(8).SequenceEqual("vide"u8) ? "VideoHandler\0" : "SoundHandler\0";
        _writer.Box("hdlr", hdlr => hdlr.Bytes(body).Number(0u).Number(0u).Number(0u).Text(name));
    }

    private void CopyPlaces(Mp4Box box)
    {
        var isLong = box.Type == "co64";
        var (places, size) = isLong ? (_longPlaces, sizeof(ulong)) : (_places, sizeof(uint));
        var body = box.In(_index).ToArray();
        _writer.Box(
            box.Type,
            table =>
            {
                for (var at = 8; at < body.Length; at += size)
                    places.Add(table.Length + at);
                table.Bytes(body);
            }
        );
    }

    private bool TryCopy(Mp4Box box)
    {
        var body = box.In(_index).ToArray();
        if (box.Type == "stsd" && !IsKnown(body) || box.Type == "dinf" && !IsHere(box))
            return false;
        if (Dated.Contains(box.Type))
            body.AsSpan(Mp4Box.VersionLength, body[0] == 0 ? 8 : 16).Clear();
        if (box.Type == "mdhd")
            Speak(body.AsSpan(body[0] == 0 ? 20 : 32, sizeof(ushort)));
        _writer.Box(box.Type, copy => copy.Bytes(body));
        return true;
    }

    /// <summary>Writes the language: three letters of five bits each (8.4.2); that of a picture is nobody's.</summary>
    private void Speak(Span<byte> language)
    {
        var sound = _isSound
            ? _plan.Streams.Select(stream => stream.Language).FirstOrDefault(one => one is not null)
            : null;
        var code = sound is null
            ? LanguageTag.Undetermined
            : LanguageTag.ThreeLetters(sound, _plan.Container.OldLanguageCodes);
        if (code.Length != 3 || !code.All(char.IsAsciiLetterLower))
            code = LanguageTag.Undetermined;
        BinaryPrimitives.WriteUInt16BigEndian(
            language,
            (ushort)(((code[0] - LetterBase) << 10) | ((code[1] - LetterBase) << 5) | (code[2] - LetterBase))
        );
    }

    /// <summary>True for a single sample entry (ISO/IEC 14496-12, 8.5.2) of a copied codec; of sound it is ISO's, which has no version.</summary>
    private bool IsKnown(ReadOnlySpan<byte> body)
    {
        if (body.Length < 40 || BinaryPrimitives.ReadUInt32BigEndian(body[4..]) != 1)
            return false;
        var entry = Encoding.Latin1.GetString(body[12..16]);
        var version = BinaryPrimitives.ReadUInt16BigEndian(body[24..]);
        return _plan.Streams.Any(stream =>
            stream.Treatment is CopyStream copy
            && Entries.GetValueOrDefault(copy.Codec) == entry
            && (copy.IsVideo || version == 0)
        );
    }

    /// <summary>The media are in the file itself (8.7.2).</summary>
    private bool IsHere(Mp4Box dinf) =>
        dinf.Children(_index) is [{ Type: "dref" } references]
        && references.Children(_index, skip: 8) is [{ Type: "url " } here]
        && here.In(_index) is [0, 0, 0, 1];
}
