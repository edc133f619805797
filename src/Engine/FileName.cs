using System.Globalization;
using System.Text;

namespace Decant.Engine;

/// <summary>Makes a file name of a title that a stranger wrote: one that every file system holds and no tool misreads.</summary>
public static class FileName
{
    /// <summary>Bytes of UTF-8 that one name may take on the file systems in use.</summary>
    public const int MaxBytes = 255;

    private const string WhenNothingIsLeft = "untitled";

    /// <summary>Names that Windows gives to devices, whatever extension follows.</summary>
    private static readonly HashSet<string> Devices = new(
        [
            .. (string[])["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"],
            .. "0123456789¹²³".SelectMany(digit => (string[])[$"COM{digit}", $"LPT{digit}"]),
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Cleans a whole name, such as one that a client chose.</summary>
    /// <returns>A name of 1 to <see cref="MaxBytes"/> bytes in normalization form C, without path parts, control or direction characters.</returns>
    public static string Clean(string title) => Fit(title, MaxBytes);

    /// <summary>Cleans a title and gives it an extension, which it keeps however long the title is. An extension it already has is not doubled.</summary>
    /// <param name="title">Any text.</param>
    /// <param name="extension">Extension without its dot, such as <c>mp4</c>; one of ours, hence not cleaned.</param>
    public static string Clean(string title, string extension)
    {
        var ending = $".{extension}";
        var stem = title.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? title[..^ending.Length] : title;
        return Fit(stem, MaxBytes - Encoding.UTF8.GetByteCount(ending)) + ending;
    }

    private static string Fit(string title, int maxBytes)
    {
        var name = Trim(Shorten(Disarm(Trim(Replace(Composition.Compose(title)))), maxBytes));
        return name.Length == 0 ? WhenNothingIsLeft : name;
    }

    /// <summary>A leading dash would be read as an option by whatever is handed the file, and a device name opens the device.</summary>
    private static string Disarm(string name) =>
        name.StartsWith('-') ? $"_{name[1..]}"
        : Devices.Contains(name.Split('.')[0].TrimEnd()) ? $"_{name}"
        : name;

    private static string Replace(string title)
    {
        var name = new StringBuilder(title.Length);
        foreach (var rune in title.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (name.Length > 0 && name[^1] != ' ')
                {
                    name.Append(' ');
                }
            }
            else if (rune.IsAscii && """/\:*?"<>|""".Contains((char)rune.Value))
            {
                name.Append('_');
            }
            else if (IsVisible(rune))
            {
                name.Append(rune);
            }
        }

        return name.ToString();
    }

    private static bool IsVisible(Rune rune) =>
        // Half a surrogate pair comes out of the enumeration as the replacement character.
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => false,
            // Direction marks can make "gpj.exe" read "exe.jpg". The two joiners belong to scripts and emoji.
            UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
            _ => true,
        };

    /// <summary>Dots in front hide a file or climb a directory; dots and spaces behind are lost on Windows.</summary>
    private static string Trim(string name) => name.Trim(' ', '.');

    /// <summary>Cuts between characters as a reader sees them, so that no accent or emoji is cut in half.</summary>
    private static string Shorten(string name, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(name) <= maxBytes)
        {
            return name;
        }

        var kept = new StringBuilder();
        var left = maxBytes;
        var elements = StringInfo.GetTextElementEnumerator(name);
        while (
            elements.MoveNext() && Encoding.UTF8.GetByteCount(elements.GetTextElement()) is var bytes && bytes <= left
        )
        {
            kept.Append(elements.GetTextElement());
            left -= bytes;
        }

        return kept.ToString();
    }
}
