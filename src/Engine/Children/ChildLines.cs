using System.Text;

namespace Decant.Engine.Children;

/// <summary>Lines of a child, which may be anybody's by now: one without an end takes no more memory than any other.</summary>
internal static class ChildLines
{
    /// <summary>Characters of a line; what follows them is left out.</summary>
    public const int Longest = 2000;

    /// <summary>Reads to the end of the stream.</summary>
    /// <param name="reader">Disposing of it is the caller's.</param>
    /// <param name="onLine">Receiver of each line, without its end.</param>
    public static async Task ReadAsync(TextReader reader, Action<string> onLine)
    {
        var part = new char[4096];
        var line = new StringBuilder();
        var isOpen = false;
        while (await reader.ReadAsync(part) is > 0 and var length)
        {
            var rest = part.AsMemory(0, length);
            for (var end = rest.Span.IndexOf('\n'); end >= 0; end = rest.Span.IndexOf('\n'))
            {
                Add(rest[..end].Span);
                Say();
                rest = rest[(end + 1)..];
            }

            Add(rest.Span);
            isOpen = line.Length > 0;
        }

        if (isOpen)
            Say();

        void Add(ReadOnlySpan<char> text) => line.Append(text[..Math.Min(text.Length, Longest - line.Length)]);

        void Say()
        {
            onLine(line.ToString().TrimEnd('\r'));
            line.Clear();
        }
    }
}
