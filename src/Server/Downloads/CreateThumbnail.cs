using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Downloads;

/// <summary><c>POST …/thumbnail</c>.</summary>
internal static class CreateThumbnail
{
    public static async Task<Ok<DownloadAnswer>> HandleAsync(
        ThumbnailRequest request,
        HttpContext context,
        DownloadIntake intake,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await intake.AcceptAsync(context, DownloadReading.Read(request), cancellationToken));
}

/// <summary>A picture of a medium, without the medium: the site's thumbnail, else a frame; always a JPEG of at most 1920 pixels a side.</summary>
/// <param name="Url">The page or file that the medium is on.</param>
/// <param name="OutputFilename">Name that the picture is saved under; the title otherwise. Its extension is corrected.</param>
/// <param name="PlaylistItems">Entries of a list to take, such as <c>1-5,8</c>; the first 50 otherwise.</param>
internal sealed record ThumbnailRequest(string? Url, string? OutputFilename = null, string? PlaylistItems = null);
