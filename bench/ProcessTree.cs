using System.Globalization;

namespace Decant.Bench;

/// <summary>A process and all that it started, as /proc shows them (proc(5)).</summary>
internal static class ProcessTree
{
    public static List<SeenProcess> Of(int root)
    {
        var all = Directory
            .GetDirectories("/proc")
            .Select(directory => Read(Path.GetFileName(directory)))
            .OfType<SeenProcess>()
            .ToLookup(process => process.Parent);
        var tree = all.SelectMany(group => group).Where(process => process.Id == root).ToList();
        for (var index = 0; index < tree.Count; index++)
        {
            tree.AddRange(all[tree[index].Id]);
        }
        return tree;
    }

    /// <returns>Null for what is no process, or none any more.</returns>
    private static SeenProcess? Read(string id)
    {
        if (!int.TryParse(id, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        try
        {
            // 42 (ffmpeg) S 41 ...: of the fields behind the name the parent is the 2nd; ticks of its own in user and
            // system mode are the 12th and 13th, of children that ended the 14th and 15th; resident pages the 22nd.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var close = text.LastIndexOf(')');
            var fields = text[(close + 2)..].Split(' ');
            return new SeenProcess(
                number,
                (int)Field(1),
                text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..close],
                Field(21) * Environment.SystemPageSize
            )
            {
                UserTicks = Field(11) + Field(13),
                SystemTicks = Field(12) + Field(14),
            };

            long Field(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended between the two looks.
            return null;
        }
    }
}

/// <param name="Id">Number of the process.</param>
/// <param name="Parent">Number of the process that started it.</param>
/// <param name="Name">Name of the program.</param>
/// <param name="Resident">Bytes in memory.</param>
internal sealed record SeenProcess(int Id, int Parent, string Name, long Resident)
{
    /// <summary>Hundredths of a second, with those of children that ended.</summary>
    public long UserTicks { get; init; }
    public long SystemTicks { get; init; }

    /// <summary>Bytes that it and its ended children read and wrote, and those that went to a disk.</summary>
    public MovedBytes Moved
    {
        get
        {
            try
            {
                var lines = File.ReadLines($"/proc/{Id}/io")
                    .Select(line => line.Split(": "))
                    .ToDictionary(line => line[0], line => long.Parse(line[1], CultureInfo.InvariantCulture));
                return new MovedBytes(lines["rchar"], lines["wchar"], lines["write_bytes"]);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended, or is not ours to look into.
                return new MovedBytes(0, 0, 0);
            }
        }
    }
}

/// <param name="Read">Bytes read by read(2) and its like, sockets included.</param>
/// <param name="Written">Bytes written by write(2) and its like, sockets included.</param>
/// <param name="ToDisk">Bytes of these that were or will be written to a disk.</param>
internal readonly record struct MovedBytes(long Read, long Written, long ToDisk);
