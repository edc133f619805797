using Decant.Server.Storage;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Files;

/// <summary>A kept file as it is served.</summary>
/// <param name="Content">Bytes of the file, open.</param>
/// <param name="ContentType">Media type of the file.</param>
/// <param name="SaveAs">The name a client saves it under.</param>
/// <param name="Key">Storage key, which no other content ever gets: that makes it a strong validator.</param>
/// <param name="LastModified">Time at which it was finished (UTC).</param>
internal sealed record StoredFile(
    StoredContent Content,
    string ContentType,
    string SaveAs,
    string Key,
    DateTimeOffset LastModified
)
{
    public EntityTagHeaderValue ETag { get; } = new($"\"{Path.GetFileNameWithoutExtension(Key)}-{Content.Length:x}\"");
}
