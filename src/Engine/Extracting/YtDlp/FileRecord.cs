using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>
/// The record that yt-dlp's generic extractor makes of a link to a file, where name and answer are so plain that nothing of it is in question
/// (<c>_real_extract</c> of <c>extractor/generic.py</c>). <c>FileRecordTests</c> holds it to the extractor's own.
/// </summary>
internal static class FileRecord
{
    /// <summary>Names that choose a format by its container, which yt-dlp gives to no format of another container (<c>common_video</c>, <c>common_audio</c>).</summary>
    private static readonly HashSet<string> Choosing =
    [
        "avi",
        "flv",
        "mkv",
        "mov",
        "mp4",
        "webm",
        "3gp",
        "aiff",
        "alac",
        "flac",
        "m4a",
        "mka",
        "mp3",
        "ogg",
        "opus",
        "wav",
    ];

    /// <summary>Extensions that yt-dlp takes for the name of a codec (<c>process_video_result</c>).</summary>
    private static readonly HashSet<string> Codecs = ["aac", "opus", "mp3", "flac", "vorbis"];

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~@:,$!*'()+=&-%./?"
    );
    private static readonly SearchValues<char> InKind = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="url">The last address, after all redirects.</param>
    /// <param name="answer">Header fields of the file.</param>
    /// <param name="sent">Header fields of the request.</param>
    /// <returns>Null where the extractor has to say.</returns>
    public static JsonElement? TryDescribe(Uri url, HttpContentHeaders answer, IReadOnlyDictionary<string, string> sent)
    {
        if (
            NamesIn(url) is not var (id, title, extension)
            || answer.ContentType?.MediaType?.ToLowerInvariant().Split('/')
                is not [("audio" or "video") and var medium, var kind]
            || kind.AsSpan().ContainsAnyExcept(InKind)
            || kind.EndsWith("mpegurl", StringComparison.Ordinal)
            || kind.EndsWith("f4m", StringComparison.Ordinal)
            || (answer.NonValidated.Contains("Last-Modified") && DateOf(answer) is null)
        )
        {
            return null;
        }

        var format = new JsonObject
        {
            ["format_id"] = Choosing.Contains(kind) && kind != extension ? "f" + kind : kind,
            ["url"] = url.AbsoluteUri,
            ["ext"] = extension,
            ["protocol"] = url.Scheme,
            ["http_headers"] = JsonSerializer.SerializeToNode(
                sent.ToDictionary(),
                WorkerJson.Default.DictionaryStringString
            ),
        };
        if (Codecs.Contains(extension))
        {
            format["acodec"] = extension;
        }

        if (medium == "audio")
        {
            format["vcodec"] = "none";
        }
        else
        {
            format["dynamic_range"] = "SDR";
        }

        var record = new JsonObject
        {
            ["id"] = id,
            ["title"] = title,
            ["timestamp"] = DateOf(answer)?.ToUnixTimeSeconds(),
            ["direct"] = true,
            ["webpage_url"] = url.AbsoluteUri,
            ["extractor_key"] = "Generic",
            ["formats"] = new JsonArray(format),
        };
        using var document = JsonDocument.Parse(record.ToJsonString());
        return document.RootElement.Clone();
    }

    private static DateTimeOffset? DateOf(HttpContentHeaders answer) =>
        answer.LastModified is { Year: > 1970 } date
        && answer.NonValidated["Last-Modified"].ToString() == date.ToString("r", CultureInfo.InvariantCulture)
            ? date
            : null;

    /// <summary>Names in addresses of characters that yt-dlp writes as they are, and a file's name that begins with no dot.</summary>
    private static (string Id, string Title, string Extension)? NamesIn(Uri url)
    {
        var file = url.AbsolutePath[(url.AbsolutePath.LastIndexOf('/') + 1)..];
        var extension = Path.GetExtension(file).TrimStart('.');
        if (
            url.PathAndQuery.AsSpan().ContainsAnyExcept(Plain)
            || url.Query.AsSpan(Math.Min(1, url.Query.Length)).Contains('?')
            || !string.IsNullOrEmpty(url.Fragment + url.UserInfo)
            || file.StartsWith('.')
            || extension.Length == 0
            || !extension.All(char.IsAsciiLetterOrDigit)
        )
        {
            return null;
        }

        // _generic_id takes the last of the whole address, its query with it.
        var last = url.AbsoluteUri.TrimEnd('/');
        return
            Unescape(WithoutExtension(last[(last.LastIndexOf('/') + 1)..])) is { } id
            && Unescape(WithoutExtension(file)) is { } title
            ? (id, title, extension)
            : null;
    }

    /// <summary>The name without its extension, as Python's <c>os.path.splitext</c> has it: a name of a dot and what follows is no extension.</summary>
    private static string WithoutExtension(string name) =>
        name.TrimStart('.').LastIndexOf('.') is > 0 ? name[..name.LastIndexOf('.')] : name;

    /// <returns>Null where it is no UTF-8, or blank.</returns>
    private static string? Unescape(string name)
    {
        var bytes = Encoding.ASCII.GetBytes(name.Replace("+", "%2B", StringComparison.Ordinal));
        try
        {
            var text = Strict.GetString(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length)!);
            return string.IsNullOrWhiteSpace(text) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
