using Decant.Engine;
using Decant.Engine.Extracting;
using Decant.Server.Accounts;
using Decant.Server.Platforms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Info;

/// <summary>
/// <c>GET /api/v1/video/preview?url=…</c>: a medium's picture as JPEG, so that a page need not load it from the platform itself,
/// which would tell the platform who looks.
/// </summary>
internal static class GetPreview
{
    private const string MediaType = "image/jpeg";

    public static async Task<FileContentHttpResult> HandleAsync(
        string? url,
        HttpContext context,
        LookUps lookUps,
        MediaEngine engine,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var address = MediaUrl.Parse(url);
        // Through the circuits, and into the cache that the engine then reads.
        var (info, page) = await lookUps.FindAsync(Asker.Of(account), address, new InspectOptions(), cancellationToken);
        MediaEngine.EnsureThumbnail(info);
        var directory = Directory.CreateTempSubdirectory("decant-preview-");
        try
        {
            var made = await engine.RunThumbnailAsync(page, directory.FullName, Ignored, cancellationToken);
            var picture = await File.ReadAllBytesAsync(made.Path, cancellationToken);
            context.Response.Headers.CacheControl = "private, max-age=3600";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return TypedResults.Bytes(picture, MediaType);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static readonly IProgress<EngineProgress> Ignored = new Progress<EngineProgress>();
}
