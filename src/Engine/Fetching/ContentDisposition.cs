using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Decant.Engine.Sources;

namespace Decant.Engine.Fetching;

/// <summary>
/// The file name in a <c>Content-Disposition</c> field (RFC 6266), read as browsers read it: however it is quoted, encoded or broken.
/// </summary>
internal static class ContentDisposition
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <param name="field">Field as it came over the wire, each byte a character.</param>
    /// <returns>The name without folders and extension; null where the field has none.</returns>
    public static string? ReadTitle(string field)
    {
        var parameters = Parameters(field).ToList();
        var name =
            parameters.Select(one => one.Name == "filename*" ? ReadExtended(one.Value) : null).FirstOrDefault(Says)
            ?? parameters.Select(one => one.Name == "filename" ? ReadPlain(one.Value) : null).FirstOrDefault(Says);
        if (name is null)
        {
            return null;
        }
        // Escaped bytes can be any character; those of a title are in no name that a browser saves.
        var file = name.Split('/', '\\')[^1].WithoutControls().Trim();
        var extension = Path.GetExtension(file);
        // Only what looks like one: "Vol. 2" has none.
        var title =
            extension.Length is > 1 and <= 6 && extension.AsSpan(1).IndexOfAnyExcept(Letters) < 0
                ? Path.GetFileNameWithoutExtension(file).Trim()
                : file;
        return title.Length > 0 ? title : null;

        static bool Says(string? text) => !string.IsNullOrWhiteSpace(text);
    }

    private static readonly SearchValues<char> Letters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    );

    /// <summary>Parameters in order, names in small letters, values without their quotes. A quote that never closes ends with the field.</summary>
    private static IEnumerable<(string Name, string Value)> Parameters(string field)
    {
        for (var at = 0; at < field.Length; )
        {
            var end = EndOf(field, at);
            var part = field[at..end];
            at = end + 1;
            if (part.IndexOf('=') is > 0 and var equals)
            {
                yield return (part[..equals].Trim().ToLowerInvariant(), Unquote(part[(equals + 1)..].Trim()));
            }
        }
    }

    /// <summary>End of the parameter that begins at <paramref name="start"/>: its semicolon, but for those inside quotes.</summary>
    private static int EndOf(string field, int start)
    {
        var isQuoted = false;
        for (var at = start; at < field.Length; at++)
        {
            switch (field[at])
            {
                case '\\' when isQuoted:
                    at++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ';' when !isQuoted:
                    return at;
            }
        }
        return field.Length;
    }

    private static string Unquote(string value)
    {
        if (value is ['\'', .., '\''] && value.Count(one => one == '\'') == 2)
        {
            return value[1..^1];
        }
        if (!value.StartsWith('"'))
        {
            return value;
        }
        var text = new StringBuilder();
        for (var at = 1; at < value.Length && value[at] != '"'; at++)
        {
            // A backslash before anything but these is somebody's folder.
            if (value[at] == '\\' && at + 1 < value.Length && value[at + 1] is '"' or '\\')
            {
                at++;
            }
            text.Append(value[at]);
        }
        return text.ToString();
    }

    /// <summary><c>charset'language'percent-encoded</c> (RFC 8187).</summary>
    private static string? ReadExtended(string value)
    {
        var parts = value.Split('\'', 3);
        if (parts.Length < 3)
        {
            return ReadPlain(value);
        }
        var bytes = Unescape(parts[2]);
        return parts[0].Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase)
            ? Encoding.Latin1.GetString(bytes)
            : Decode(bytes);
    }

    /// <summary>A plain name has no stated encoding: mail's words, escaped bytes, UTF-8 and Latin-1 all occur.</summary>
    private static string ReadPlain(string value)
    {
        if (ReadWords(value) is { } words)
        {
            return words;
        }
        var raw = Encoding.Latin1.GetBytes(value);
        var unescaped = Unescape(value);
        return unescaped.Length < raw.Length && IsUtf8(unescaped) ? Decode(unescaped) : Decode(raw);
    }

    /// <summary><c>=?utf-8?B?…?=</c> (RFC 2047), which is mail's.</summary>
    private static string? ReadWords(string value)
    {
        var text = new StringBuilder();
        foreach (var word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Split('?') is not ["=", var charset, ['B' or 'b'], var encoded, "="])
            {
                return null;
            }
            var bytes = new byte[encoded.Length];
            if (!Convert.TryFromBase64String(encoded, bytes, out var count))
            {
                return null;
            }
            text.Append(
                charset.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase)
                    ? Encoding.Latin1.GetString(bytes, 0, count)
                    : Decode(bytes[..count])
            );
        }
        return text.Length > 0 ? text.ToString() : null;
    }

    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (
                text[at] == '%'
                && at + 2 < text.Length
                && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, null, out var escaped)
            )
            {
                bytes.Add(escaped);
                at += 2;
            }
            else
            {
                bytes.Add((byte)Math.Min(text[at], byte.MaxValue));
            }
        }
        return [.. bytes];
    }

    private static string Decode(byte[] bytes) =>
        IsUtf8(bytes) ? StrictUtf8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    private static bool IsUtf8(byte[] bytes) => Utf8.IsValid(bytes);
}
