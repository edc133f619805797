using System.Text;

namespace Decant.Engine.Fetching.Hls;

/// <summary>The lines of a playlist, as packagers write them: with a byte order mark, blanks around, any line ends.</summary>
internal static class HlsText
{
    private const char ByteOrderMark = '\uFEFF';

    /// <returns>Null for what is no playlist: its first line is none of its tags.</returns>
    public static IReadOnlyList<string>? Lines(string text)
    {
        var lines = text.TrimStart(ByteOrderMark)
            .Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0 && lines[0].StartsWith("#EXT", StringComparison.Ordinal) ? lines : null;
    }

    public static IReadOnlyList<string>? Lines(byte[] bytes) => Lines(Encoding.UTF8.GetString(bytes));

    /// <summary>A tag's name, and what follows its colon.</summary>
    public static (string Name, string Value) Tag(string line) =>
        line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? (line[..colon].TrimEnd(), line[(colon + 1)..].Trim())
            : (line, "");
}
