using System.Buffers;
using System.Text;

namespace Decant.Engine.Egress.Loopback;

/// <summary>The start line and header fields of an HTTP/1.1 message (RFC 9112), read strictly: whatever two parsers could read differently is refused.</summary>
/// <param name="StartLine">Request or status line, in its three parts.</param>
/// <param name="Fields">Fields in the order they came.</param>
internal sealed record HttpHead((string First, string Second, string Third) StartLine, IReadOnlyList<HttpField> Fields)
{
    /// <summary>Most bytes of a head, with the empty line that ends it.</summary>
    public const int MaxBytes = 64 << 10;

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>The one value of a field; null when it is absent.</summary>
    /// <exception cref="HttpHeadException">It came more than once.</exception>
    public string? Single(string name)
    {
        string? value = null;
        foreach (var field in Fields.Where(field => field.Is(name)))
        {
            value = value is null ? field.Value : throw new HttpHeadException($"More than one {name} field.");
        }
        return value;
    }

    /// <param name="head">Head from the first byte up to the empty line, that line excluded.</param>
    /// <exception cref="HttpHeadException">Not a head.</exception>
    public static HttpHead Parse(ReadOnlySpan<byte> head)
    {
        var lines = Encoding.Latin1.GetString(head).Split("\r\n");
        var start = lines[0].Split(' ', 3);
        if (start.Length < 2 || HasControls(lines[0]))
        {
            throw new HttpHeadException("The first line is not HTTP.");
        }
        return new HttpHead(
            (start[0], start[1], start.ElementAtOrDefault(2) ?? ""),
            [.. lines.Skip(1).Select(ParseField)]
        );
    }

    private static HttpField ParseField(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        // No blank before the colon and no folded lines: both are how requests are smuggled.
        if (colon <= 0 || line.AsSpan(0, colon).ContainsAnyExcept(TokenCharacters) || HasControls(line))
        {
            throw new HttpHeadException("A header field is malformed.");
        }
        return new HttpField(line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }

    private static bool HasControls(string line) => line.Any(character => character is < ' ' and not '\t' or '\x7f');
}

internal readonly record struct HttpField(string Name, string Value)
{
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The head of a request or an answer is not HTTP as it is read here.</summary>
internal sealed class HttpHeadException(string message) : Exception(message);
