using Decant.Server.Storage;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Files;

/// <summary>A kept file as it is served.</summary>
/// <param name="Content">Its bytes, open.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="SaveAs">The name a client saves it under.</param>
/// <param name="Key">Its storage key, which no other content ever gets: that makes a strong validator.</param>
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
