using System.Net;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Egress;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>Lists, which the lab's origin does not have.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task A_page_with_several_videos_is_a_list_whose_entries_can_be_looked_up()
    {
        var list = await InspectAsync("/several", new InspectOptions());
        Assert.True(list.IsPlaylist);
        Assert.Equal("Several", list.Title);
        Assert.Equal(
            ["/a.mp4", "/b.mp4", "/c.mp4"],
            list.Entries!.Select(entry => entry.Medium!.Formats[0].Url.AbsolutePath)
        );
        Assert.Equal([1, 2, 3], list.Entries!.Select(entry => new SourcePage(entry.Url).Entry!.Index));
        Assert.Equal(3, list.PlaylistCount);
    }

    [Fact]
    public async Task No_more_entries_are_read_than_asked_for()
    {
        var list = await InspectAsync("/feed", new InspectOptions { MaxEntries = 2 });
        Assert.Equal(["First", "Second"], list.Entries!.Select(entry => entry.Title));
        Assert.Equal([1, 2], list.Entries!.Select(entry => entry.Index));
    }

    [Fact]
    public async Task A_feed_of_one_is_that_one()
    {
        var info = await InspectAsync("/feed-of-one", new InspectOptions());
        Assert.False(info.IsPlaylist);
        Assert.Equal("/a.mp4", Assert.Single(info.Formats).Url.AbsolutePath);
    }

    private static async Task<MediaInfo> InspectAsync(string path, InspectOptions inspect)
    {
        await using var origin = await Origin.StartAsync(AnswerAsync);
        await using var gate = Gates.Open();
        await using var extractor = new Extractor(
            new EngineOptions(),
            gate,
            TimeProvider.System,
            NullLogger<Extractor>.Instance
        );
        return await extractor.InspectAsync(new Uri(origin.Url, path), inspect, default);
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        context.Response.ContentType =
            path.EndsWith(".mp4", StringComparison.Ordinal) ? "video/mp4"
            : path.StartsWith("/feed", StringComparison.Ordinal) ? "application/rss+xml"
            : "text/html";
        return context.Response.WriteAsync(
            path switch
            {
                "/several" => "<!doctype html><html><title>Several</title><video src='/a.mp4'></video>"
                    + "<video src='/b.mp4'></video><video src='/c.mp4'></video></html>",
                "/feed" => Feed(context, ("First", "/a.mp4"), ("Second", "/b.mp4"), ("Third", "/c.mp4")),
                "/feed-of-one" => Feed(context, ("Only", "/a.mp4")),
                _ => "not really media",
            }
        );
    }

    private static string Feed(HttpContext context, params (string Title, string Path)[] items) =>
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed</title>"
        + string.Concat(
            items.Select(item =>
                $"<item><title>{item.Title}</title><enclosure url=\"http://{context.Request.Host}{item.Path}\" type=\"video/mp4\"/></item>"
            )
        )
        + "</channel></rss>";
}
