using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Decant.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Files;

/// <summary>Sends a file: whole, in one part or in several, or not at all where the client has it. The framework's own answer knows one part only.</summary>
internal sealed class FileAnswer(StoredFile file) : IResult
{
    private const int BufferSize = 64 * 1024;

    /// <summary>A browser shows a film in a document of its own making, which has a style and asks this address for the film once more;
    /// that of a stranger (without <c>allow-same-origin</c>) is not answered. No script runs in it either way.</summary>
    private const string Shown =
        "sandbox allow-same-origin; default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private const string Saved = "sandbox; default-src 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.GetTypedHeaders();
        WriteHeaders(httpContext.Response, headers);

        // Open since before the first byte is answered: the janitor may delete the name, not the bytes.
        await using var bytes = file.Content;
        var request = httpContext.Request.GetTypedHeaders();
        if (FailsPrecondition(request))
        {
            httpContext.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
            return;
        }

        if (IsKnownToClient(request))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var ranges = MayUseRange(httpContext, request)
            ? ByteRanges.Read(httpContext.Request.Headers.Range, bytes.Length)
            : null;
        var sending = ranges switch
        {
            null => SendWholeAsync(httpContext, bytes),
            { IsUnsatisfiable: true } => RefuseRange(httpContext, headers, bytes.Length),
            { Parts: [var part] } => SendPartAsync(httpContext, headers, bytes, part),
            _ => SendPartsAsync(httpContext, bytes, ranges.Parts),
        };
        await sending;
    }

    private void WriteHeaders(HttpResponse response, ResponseHeaders headers)
    {
        headers.ETag = file.ETag;
        headers.LastModified = file.LastModified;
        headers.ContentType = MediaTypeHeaderValue.Parse(file.ContentType);
        headers.ContentDisposition = DispositionOf(response.HttpContext, file.SaveAs);
        headers.CacheControl = new CacheControlHeaderValue { Private = true };
        response.Headers.AcceptRanges = "bytes";
        // A stranger made these bytes: never to be guessed at, never to run as a page of ours.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = IsInline(response.HttpContext) ? Shown : Saved;
    }

    /// <summary>A name to save the file under; with <c>?inline=1</c> it is shown in the browser rather than saved.</summary>
    public static ContentDispositionHeaderValue DispositionOf(HttpContext context, string saveAs)
    {
        var disposition = new ContentDispositionHeaderValue(IsInline(context) ? "inline" : "attachment");
        disposition.SetHttpFileName(saveAs);
        return disposition;
    }

    private static bool IsInline(HttpContext context) => context.Request.Query["inline"] is ["1"];

    private bool FailsPrecondition(RequestHeaders request) =>
        request.IfMatch is { Count: > 0 } wanted && !wanted.Any(tag => Matches(tag, strong: true))
        || request.IfMatch is not { Count: > 0 } && file.LastModified > request.IfUnmodifiedSince;

    private bool IsKnownToClient(RequestHeaders request) =>
        request.IfNoneMatch is { Count: > 0 } known
            ? known.Any(tag => Matches(tag, strong: false))
            : file.LastModified <= request.IfModifiedSince;

    private bool Matches(EntityTagHeaderValue tag, bool strong) =>
        tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(file.ETag, strong);

    /// <summary><c>If-Range</c>: a range is answered only of the version that the client has a part of.</summary>
    private bool MayUseRange(HttpContext context, RequestHeaders request) =>
        HttpMethods.IsGet(context.Request.Method)
        && (
            request.IfRange switch
            {
                { EntityTag: { } tag } => tag.Compare(file.ETag, useStrongComparison: true),
                { LastModified: { } date } => date == file.LastModified,
                // There, but neither a tag nor a date.
                _ => !context.Request.Headers.ContainsKey(HeaderNames.IfRange),
            }
        );

    private static Task SendWholeAsync(HttpContext context, StoredContent bytes)
    {
        context.Response.ContentLength = bytes.Length;
        return CopyAsync(context, bytes, new ByteRange(0, bytes.Length - 1));
    }

    private static Task RefuseRange(HttpContext context, ResponseHeaders headers, long length)
    {
        context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
        headers.ContentRange = new ContentRangeHeaderValue(length);
        headers.ContentType = null;
        headers.ContentDisposition = null;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static Task SendPartAsync(HttpContext context, ResponseHeaders headers, StoredContent bytes, ByteRange part)
    {
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.ContentLength = part.Length;
        headers.ContentRange = new ContentRangeHeaderValue(part.From, part.To, bytes.Length);
        return CopyAsync(context, bytes, part);
    }

    private async Task SendPartsAsync(HttpContext context, StoredContent bytes, IReadOnlyList<ByteRange> parts)
    {
        var boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var heads = parts.Select(part => HeadOf(part, bytes.Length, boundary)).ToList();
        var end = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        var response = context.Response;
        response.StatusCode = StatusCodes.Status206PartialContent;
        response.ContentType = $"multipart/byteranges; boundary={boundary}";
        response.ContentLength = heads.Sum(head => head.Length) + parts.Sum(part => part.Length) + end.Length;
        foreach (var (head, part) in heads.Zip(parts))
        {
            await response.Body.WriteAsync(head, context.RequestAborted);
            await CopyAsync(context, bytes, part);
        }

        await response.Body.WriteAsync(end, context.RequestAborted);
    }

    private byte[] HeadOf(ByteRange part, long length, string boundary) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\r\n--{boundary}\r\nContent-Type: {file.ContentType}\r\nContent-Range: bytes {part.From}-{part.To}/{length}\r\n\r\n"
            )
        );

    private static async Task CopyAsync(HttpContext context, StoredContent bytes, ByteRange part)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var content = await bytes.ReadAsync(part.From, part.Length, context.RequestAborted);
        await StreamCopyOperation.CopyToAsync(
            content,
            context.Response.Body,
            part.Length,
            BufferSize,
            context.RequestAborted
        );
    }
}
