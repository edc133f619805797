using System.Globalization;
using System.Text;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting.Relabelling;

/// <summary>iTunes' metadata list (<c>udta</c>, <c>meta</c>, <c>ilst</c>) with the atoms that ffmpeg and <see cref="Mp4Atoms"/> write for a plan's tags.</summary>
internal static class Mp4Tags
{
    /// <summary>Types of a value (QuickTime File Format, "Well-known types").</summary>
    private const uint Binary = 0;
    private const uint Utf8 = 1;
    private const uint Jpeg = 13;

    /// <summary>Names of atoms by ffmpeg's names of tags, in the order in which ffmpeg writes them.</summary>
    private static readonly (string Tag, string Atom)[] Texts =
    [
        ("title", "©nam"),
        ("artist", "©ART"),
        ("album_artist", "aART"),
        ("composer", "©wrt"),
        ("album", "©alb"),
        ("date", "©day"),
        ("comment", "©cmt"),
        ("genre", "©gen"),
        ("description", "desc"),
    ];

    private static readonly (string Tag, string Atom)[] Places = [("track", "trkn"), ("disc", "disk")];

    /// <returns>False where a tag has no atom here.</returns>
    public static bool Knows(Tag tag, Container container) =>
        tag.Name == container.IsrcTag || Texts.Concat(Places).Any(one => one.Tag == tag.Name);

    /// <param name="writer">Writer of the boxes.</param>
    /// <param name="plan">Plan with the tags.</param>
    /// <param name="cover">A JPEG; null for none.</param>
    public static void Write(BoxWriter writer, ConversionPlan plan, byte[]? cover) =>
        writer.Box(
            "meta",
            meta =>
                meta.Number(0u)
                    .Box("hdlr", box => box.Number(0u).Number(0u).Text("mdirappl").Number(0u).Number(0u).Bytes([0]))
                    .Box("ilst", list => WriteList(list, plan, cover))
        );

    private static void WriteList(BoxWriter writer, ConversionPlan plan, byte[]? cover)
    {
        foreach (var (name, atom) in Texts)
            if (ValuesOf(name) is { Count: > 0 } values)
                writer.Box(atom, box => values.ForEach(value => Data(box, Utf8, Encoding.UTF8.GetBytes(value))));
        foreach (var code in ValuesOf(plan.Container.IsrcTag))
            writer.Box(
                "----",
                box =>
                {
                    box.Box("mean", mean => mean.Number(0u).Text(Mp4Atoms.Domain));
                    box.Box("name", name => name.Number(0u).Text(Mp4Atoms.Code));
                    Data(box, Utf8, Encoding.UTF8.GetBytes(code));
                }
            );
        foreach (var (name, atom) in Places)
        foreach (var value in ValuesOf(name))
            WritePlace(writer, atom, value);
        if (cover is not null)
            writer.Box("covr", box => Data(box, Jpeg, cover));

        List<string> ValuesOf(string name) => [.. plan.Tags.Where(tag => tag.Name == name).Select(tag => tag.Value)];
    }

    /// <summary>Number of so many.</summary>
    private static void WritePlace(BoxWriter writer, string atom, string value)
    {
        var numbers = value.Split('/');
        if (Number(0) is var number and not 0)
            writer.Box(atom, box => Data(box, Binary, [0, 0, .. Word(number), .. Word(Number(1)), 0, 0]));

        ushort Number(int index) =>
            ushort.TryParse(numbers.ElementAtOrDefault(index), CultureInfo.InvariantCulture, out var number)
                ? number
                : (ushort)0;

        static byte[] Word(ushort number) => [(byte)(number >> 8), (byte)number];
    }

    /// <param name="writer">Writer of the boxes.</param>
    /// <param name="type">Type of the value.</param>
    /// <param name="value">Bytes of the value; for every language.</param>
    private static void Data(BoxWriter writer, uint type, byte[] value) =>
        writer.Box("data", box => box.Number(type).Number(0u).Bytes(value));
}
