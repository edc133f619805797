using System.Net.Http.Headers;

namespace Decant.Client.Fetching;

/// <summary>Headers of a file, known before its bytes come.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Tag">Tag that names exactly these bytes; null where the server has no strong one, and then nothing is resumed.</param>
/// <param name="Name">Name to save the file under, made harmless.</param>
/// <param name="ContentType">Media type of the file.</param>
internal sealed record FileHead(long? Length, EntityTagHeaderValue? Tag, string Name, string? ContentType)
{
    public static FileHead Of(HttpResponseMessage answer, string otherwise)
    {
        var content = answer.Content.Headers;
        var disposition = content.ContentDisposition;
        return new FileHead(
            content.ContentRange?.Length ?? content.ContentLength,
            answer.Headers.ETag is { IsWeak: false } tag ? tag : null,
            Harmless(disposition?.FileNameStar ?? disposition?.FileName?.Trim('"')) ?? otherwise,
            content.ContentType?.MediaType
        );
    }

    /// <summary>A name and never a path, whatever was answered.</summary>
    private static string? Harmless(string? name)
    {
        var last = name?.Split('/', '\\')[^1].Trim();
        return last is null or "" or "." or ".."
            ? null
            : string.Concat(
                last.Select(letter => char.IsControl(letter) || "<>:\"|?*".Contains(letter) ? '_' : letter)
            );
    }
}
