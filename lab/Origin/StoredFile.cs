using Microsoft.Net.Http.Headers;

namespace Decant.Lab.Origin;

/// <summary>A file on disk as an origin serves it: type, strong ETag, date, and ranges unless told otherwise.</summary>
internal static class StoredFile
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "video/mp4",
        [".m4a"] = "audio/mp4",
        [".m4s"] = "video/iso.segment",
        [".webm"] = "video/webm",
        [".mkv"] = "video/x-matroska",
        [".mp3"] = "audio/mpeg",
        [".opus"] = "audio/ogg",
        [".ogg"] = "audio/ogg",
        [".wav"] = "audio/wav",
        [".flac"] = "audio/flac",
        [".ts"] = "video/mp2t",
        [".m3u8"] = "application/vnd.apple.mpegurl",
        [".mpd"] = "application/dash+xml",
        [".jpg"] = "image/jpeg",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
    };

    public static string TypeOf(string path) =>
        Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");

    public static IResult Serve(string path, string? contentType = null, bool ranges = true)
    {
        var file = new FileInfo(path);
        var tag = new EntityTagHeaderValue($"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");
        return TypedResults.PhysicalFile(
            path,
            contentType ?? TypeOf(path),
            lastModified: new DateTimeOffset(file.LastWriteTimeUtc),
            entityTag: ranges ? tag : null,
            enableRangeProcessing: ranges
        );
    }
}
