using System.Globalization;
using System.Text.Json;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.TikTok;

/// <summary>A post's page. What scripts and extractors read is the JSON in it.</summary>
internal sealed class TikTokPage(MediaCatalogue catalogue, SignedLinks signed)
{
    public async Task<string> ForAsync(TikTokPost post, CancellationToken cancellationToken) =>
        Html(
            post.Status == 0
                ? new { statusCode = 0, itemInfo = new { itemStruct = await ItemAsync(post, cancellationToken) } }
                : new { statusCode = post.Status, statusMsg = "item is not available" }
        );

    private async Task<object> ItemAsync(TikTokPost post, CancellationToken cancellationToken)
    {
        var tall = await catalogue.GetAsync(TikTokFormat.Tall.ClipOf(post), cancellationToken);
        var low = await catalogue.GetAsync(TikTokFormat.Low.ClipOf(post), cancellationToken);
        var cover = $"https://p16-sign.tiktokcdn-us.com/obj/{post.Id}~tplv-cover.webp";
        return new
        {
            id = post.Id,
            desc = post.Text,
            createTime = post.Created.ToString(CultureInfo.InvariantCulture),
            author = new
            {
                id = "6500000000000000001",
                uniqueId = TikTokPost.Author,
                nickname = TikTokPost.Nickname,
                secUid = "MS4wLjABAAAAdecantlab",
            },
            music = new
            {
                title = "original sound",
                authorName = TikTokPost.Nickname,
                duration = post.Said,
                playUrl = Link(post, TikTokFormat.Music),
            },
            stats = new
            {
                playCount = post.Plays,
                diggCount = post.Plays / 20,
                shareCount = post.Plays / 200,
                commentCount = post.Plays / 300,
                collectCount = $"{post.Plays / 100}",
            },
            video = new
            {
                id = post.Id,
                duration = post.Said,
                width = tall.Width,
                height = tall.Height,
                ratio = "720p",
                cover,
                originCover = cover,
                dynamicCover = cover,
                playAddr = Link(post, TikTokFormat.Tall),
                downloadAddr = Link(post, TikTokFormat.Low),
                bitrateInfo = new[] { Bitrate(post, TikTokFormat.Tall, tall), Bitrate(post, TikTokFormat.Low, low) },
            },
        };
    }

    private object Bitrate(TikTokPost post, TikTokFormat format, MediaFile file)
    {
        var bitrate = (long)(file.Length * 8 / file.Duration!.Value);
        return new
        {
            GearName = $"normal_{format.Name}_0",
            Bitrate = bitrate,
            CodecType = "h264",
            PlayAddr = new
            {
                DataSize = $"{file.Length}",
                UrlKey = $"v09044g40000lab_h264_{format.Name}_{bitrate}",
                UrlList = new[] { Link(post, format) },
                file.Width,
                file.Height,
            },
        };
    }

    private string Link(TikTokPost post, TikTokFormat format)
    {
        var (expires, signature) = signed.Sign($"{post.Id}|{format.Name}", SignedLinks.Life);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"https://v16-webapp-prime.us.tiktok.com/video/tos/lab/{post.Id}/{format.Name}/?expire={expires}&mime_type={format.Mime}&signature={signature}"
        );
    }

    private static string Html(object detail) =>
        $$"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>TikTok - Make Your Day</title></head><body>
            <script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{{JsonSerializer.Serialize(
                new
                {
                    __DEFAULT_SCOPE__ = new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["webapp.video-detail"] = detail,
                    },
                }
            )}}</script>
            </body></html>
            """;
}
