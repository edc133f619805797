using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Decant.Server.Errors;

/// <summary>
/// Hears out a client that sends more than it may. A server that closes on one that is still sending resets the connection,
/// and the client loses the answer that says why (RFC 9112, 9.6).
/// </summary>
internal static class LargeBodies
{
    /// <summary>Bytes; whoever sends more than that is not here for an answer.</summary>
    private const long MostHeard = 32 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void HearOutLargeBodies(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                await next(context);
                if (
                    context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit
                    && context.Request.ContentLength is { } length
                    && length > limit.MaxRequestBodySize
                    && length <= MostHeard
                )
                {
                    await context.Response.CompleteAsync();
                    limit.MaxRequestBodySize = null;
                    await HearOutAsync(context);
                }
            }
        );

    private static async Task HearOutAsync(HttpContext context)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, patience.Token) > 0) { }
        }
        catch (Exception failure) when (failure is IOException or BadHttpRequestException or OperationCanceledException)
        {
            // It has gone, or takes too long: it is answered already, and nothing is owed to it.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
