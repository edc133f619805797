using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Web;

/// <summary>
/// The files of the built page, read into an index once: the build writes <c>.br</c> and <c>.gz</c> beside each file that
/// compresses. An address without a file is a room of the page, and gets its document.
/// </summary>
internal sealed class PrecompressedFiles
{
    private const string Document = "/index.html";

    private static readonly (string Name, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    private readonly Dictionary<string, WebFile> _files = new(StringComparer.Ordinal);

    public PrecompressedFiles(string folder)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var address = "/" + Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            var encoding = Encodings.FirstOrDefault(one => path.EndsWith(one.Extension, StringComparison.Ordinal));
            var bare = encoding.Extension is null ? address : address[..^encoding.Extension.Length];
            var type = types.TryGetContentType(bare, out var known) ? known : "application/octet-stream";
            _files[address] = new WebFile(
                new FileInfo(path),
                type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type,
                encoding.Name,
                address.StartsWith("/assets/", StringComparison.Ordinal)
            );
        }
    }

    /// <returns>The file in the best encoding that the client takes; null for the name of a file that there is not.</returns>
    public WebFile? Find(HttpRequest request)
    {
        var path = request.Path.Value is { Length: > 1 } asked ? asked : Document;
        if (!_files.ContainsKey(path))
        {
            // A missing script must not be answered with a document, which browsers would try to run.
            if (Path.HasExtension(path))
            {
                return null;
            }

            path = Document;
        }

        var taken = request.GetTypedHeaders().AcceptEncoding;
        foreach (var (name, extension) in Encodings)
        {
            if (
                _files.TryGetValue(path + extension, out var compressed)
                && taken.Any(one => one.Quality is not 0 && one.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            )
            {
                return compressed;
            }
        }

        return _files[path];
    }
}

/// <param name="Info">The file on the disk.</param>
/// <param name="ContentType">Media type of what it holds once decoded.</param>
/// <param name="Encoding">Content encoding; null for none.</param>
/// <param name="IsHashed">True where the name changes with the bytes.</param>
internal sealed record WebFile(FileInfo Info, string ContentType, string? Encoding, bool IsHashed)
{
    public EntityTagHeaderValue ETag { get; } =
        new($"\"{Info.LastWriteTimeUtc.Ticks:x}-{Info.Length:x}{(Encoding is null ? "" : "-" + Encoding)}\"");
}
