using System.Globalization;
using Decant.Engine.Tests.Egress;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>
/// An origin that answers as the query says: <c>type</c> and other headers by their names, <c>status</c>, <c>body</c> (media, html,
/// playlist, empty, endless), <c>length=no</c>, <c>head=long</c>, <c>circle</c> (a redirect to itself).
/// </summary>
internal static class PlainOrigin
{
    private static readonly byte[] Media =
    [
        .. "\0\0\0\u0018ftypmp42\0\0\0\0mp42isom"u8,
        .. Enumerable.Repeat((byte)'x', 4000),
    ];

    public static Task<Origin> StartAsync(string address = "127.0.0.1") => Origin.StartAsync(AnswerAsync, address);

    private static async Task AnswerAsync(HttpContext context)
    {
        var (asked, answer) = (context.Request.Query, context.Response);
        answer.StatusCode = int.Parse(asked["status"].FirstOrDefault("200")!, CultureInfo.InvariantCulture);
        answer.ContentType = asked["type"].FirstOrDefault("video/mp4");
        foreach (var (name, value) in asked.Where(one => char.IsUpper(one.Key[0])))
        {
            answer.Headers[name] = value;
        }

        if (asked.ContainsKey("head"))
        {
            answer.Headers["X-Long"] = Enumerable.Repeat(new string('x', 5000), 20).ToArray();
        }

        if (asked.ContainsKey("circle"))
        {
            answer.Redirect(context.Request.Path + context.Request.QueryString);
        }

        var body = asked["body"].FirstOrDefault() switch
        {
            "html" => "<!doctype html><title>No film</title>"u8.ToArray(),
            "playlist" => "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\na.ts\n#EXT-X-ENDLIST\n"u8.ToArray(),
            "empty" => [],
            _ => Media,
        };
        answer.ContentLength = asked.ContainsKey("length") || asked["body"] == "endless" ? null : body.Length;
        do
        {
            await answer.Body.WriteAsync(body, context.RequestAborted);
        } while (asked["body"] == "endless");
    }
}
