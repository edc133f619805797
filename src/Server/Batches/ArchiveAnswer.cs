using Decant.Server.Batches.Zip;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Batches;

/// <summary>Sends an archive while it is made.</summary>
internal sealed class ArchiveAnswer(StoredZip archive, string saveAs) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(saveAs);
        response.GetTypedHeaders().ContentDisposition = disposition;
        response.ContentType = "application/zip";
        response.ContentLength = archive.Length;
        response.Headers.CacheControl = "private, no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await archive.WriteToAsync(response.Body, httpContext.RequestAborted);
    }
}
