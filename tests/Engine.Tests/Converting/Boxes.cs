namespace Decant.Engine.Tests.Converting;

/// <summary>Boxes of a file, by a reader that is not the engine's.</summary>
internal static class Boxes
{
    /// <summary>Types of the outermost boxes, in their order.</summary>
    public static List<string> Of(string path)
    {
        using var file = File.OpenRead(path);
        var types = new List<string>();
        var head = new byte[Box.LongestHead];
        while (file.Position < file.Length)
        {
            var position = file.Position;
            var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var box = Box.Read(head.AsSpan(0, read), position, file.Length)!.Value;
            types.Add(box.Type);
            file.Position = box.End;
        }
        return types;
    }

    /// <summary>Boxes inside the one at the end of a way.</summary>
    public static IReadOnlyList<Box> Within(byte[] file, params IReadOnlyList<string> way)
    {
        var box = new Box("", 0, file.Length);
        foreach (var type in way)
        {
            box = Inside(box).Single(child => child.Type == type);
            // A full box: version and flags come before what is in it.
            if (type == "meta")
                box = box with { Start = box.Start + 4 };
        }
        return Inside(box);

        IReadOnlyList<Box> Inside(Box parent) => parent.Children(file.AsSpan((int)parent.Start..(int)parent.End));
    }
}
