using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Lab.Serving;

namespace Decant.Engine.Tests;

/// <summary>Pages with several media that have no page of their own.</summary>
public sealed class PostTests(PlatformEngine platforms) : IClassFixture<PlatformEngine>, IDisposable
{
    private const string Carousel = "https://www.instagram.com/p/Ccarousel01/";
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-post-").FullName;

    [Fact]
    public async Task A_medium_of_an_instagram_post_comes_with_its_sound_and_with_all_that_the_post_says()
    {
        var post = await InspectAsync(Carousel);
        Assert.Equal([1, 2, 3, 4], post.Entries!.Select(entry => entry.Index));
        var address = post.Entries![2].Url;
        Assert.Equal($"{Carousel}#playlist_index=3&video_id=Ccarousel0c", address.AbsoluteUri);

        var info = await InspectAsync(address.AbsoluteUri);
        Assert.Equal(("Ccarousel0c", Platform.Instagram, address), (info.Id, info.Platform, info.PageUrl));
        Assert.Equal("Decant Lab", info.Uploader);
        Assert.StartsWith("Lab reel Ccarousel01", info.Description, StringComparison.Ordinal);
        Assert.NotNull(info.UploadDate);
        Assert.NotNull(info.ThumbnailUrl);
        Assert.All(info.Formats, format => Assert.Equal("https://www.instagram.com/", format.Headers["Referer"]));
        var best = await RunAsync(address, "mp4");
        Assert.Equal(("h264", "aac"), (best.VideoCodec, best.AudioCodec));
        Assert.InRange((best.Duration - info.Duration!.Value).TotalSeconds, -0.5, 0.5);
        Assert.Equal("mp3", (await RunAsync(address, "mp3")).AudioCodec);
    }

    [Fact]
    public async Task A_photo_or_a_dead_medium_in_a_post_is_an_entry_with_an_error_of_its_own()
    {
        var post = await InspectAsync(Carousel);
        Assert.Equal(
            [null, MediaError.ContentNotFound, null, MediaError.ContentNotFound],
            post.Entries!.Select(entry => entry.Failure?.Error)
        );
        var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(post.Entries![1].Url.AbsoluteUri));
        Assert.Equal(post.Entries![1].Failure!.Message, failure.Message);
    }

    [Fact]
    public async Task One_look_at_a_post_is_enough_for_all_of_its_media()
    {
        const string Page = "/p/Ccarousel01";
        await InspectAsync($"{Carousel}#playlist_index=1");
        var asked = platforms.Lab.Requests.All.Count(request =>
            request.Url.AbsolutePath.StartsWith(Page, StringComparison.Ordinal)
        );
        await InspectAsync($"{Carousel}#playlist_index=3");
        await InspectAsync(Carousel);
        Assert.Equal(
            asked,
            platforms.Lab.Requests.All.Count(request =>
                request.Url.AbsolutePath.StartsWith(Page, StringComparison.Ordinal)
            )
        );
    }

    [Theory]
    [InlineData("1700000000000000012", "1699999999999995916", "1700000000000000112")]
    [InlineData("1700000000000000013", "1699999999999995917", "1700000000000000113")]
    public async Task Each_video_of_an_x_post_is_an_entry_of_that_post(string id, string first, string other)
    {
        var post = await InspectAsync($"https://x.com/decantlab/status/{id}");
        Assert.Equal(2, post.Entries!.Count);
        Assert.Equal(first, post.Entries![0].Id);
        foreach (var entry in post.Entries!)
        {
            var info = await InspectAsync(entry.Url.AbsoluteUri);
            Assert.Equal((entry.Id, Platform.Twitter), (info.Id, info.Platform));
            Assert.Equal(("Decant Lab", post.UploadDate), (info.Uploader, info.UploadDate));
            Assert.Contains(id, info.Title, StringComparison.Ordinal);
            Assert.NotNull(info.ThumbnailUrl);
            Assert.Contains(info.Formats, format => format.Height == 720);
        }

        Assert.Equal($"{long.Parse(other, null) - 4096}", post.Entries![1].Id);
    }

    [Fact]
    public async Task Each_of_two_videos_on_a_page_keeps_the_page_s_title_and_its_own_cover()
    {
        var page = await InspectAsync(platforms.On("/page/several"));
        Assert.Equal(2, page.Entries!.Count);
        var first = await InspectAsync(page.Entries![0].Url.AbsoluteUri);
        Assert.Equal("A page with two videos (1)", first.Title);
        Assert.Equal("/media/thumb-1280x720.jpg", first.ThumbnailUrl!.AbsolutePath);
        Assert.Equal(platforms.On("/page/several"), Assert.Single(first.Formats).Headers["Referer"]);
        Assert.Equal("h264", Assert.Single(first.Formats).VideoCodec);
        var second = await InspectAsync(page.Entries![1].Url.AbsoluteUri);
        Assert.Equal("/media/moov-last.mp4", Assert.Single(second.Formats).Url.AbsolutePath);
    }

    [Fact]
    public async Task An_episode_of_a_feed_keeps_what_the_feed_says_of_it()
    {
        var feed = await InspectAsync(platforms.On("/page/feed"));
        var first = await InspectAsync(feed.Entries![0].Url.AbsoluteUri);
        Assert.Equal(("The first: part one", new DateOnly(2024, 2, 5)), (first.Title, first.UploadDate));
        Assert.Equal(("episode-1", feed.Entries![0].Url), (first.Id, first.PageUrl));
        Assert.Equal("h264", Assert.Single(first.Formats).VideoCodec);
        var second = await InspectAsync(feed.Entries![1].Url.AbsoluteUri);
        Assert.Equal(("The second", "?token=1"), (second.Title, Assert.Single(second.Formats).Url.Query));
    }

    [Fact]
    public async Task A_link_of_a_post_s_medium_that_has_died_is_looked_up_again()
    {
        var address = new Uri("https://www.instagram.com/p/Ccarousel01/?again#playlist_index=1");
        var info = await InspectAsync(address.AbsoluteUri);
        var plan = platforms.Engine.Plan(info, OutputRequest.Parse("mp4", null));
        var path = plan.Sources[0].Url.AbsolutePath;
        platforms.Lab.Faults.Script(path, Fault.Status(403));

        var result = await RunAsync(address, "mp4");

        Assert.Equal(("h264", "aac"), (result.VideoCodec, result.AudioCodec));
        Assert.Contains(platforms.Lab.Requests.For(path), request => request.Status == 403);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task<MediaInfo> InspectAsync(string url) =>
        platforms.Engine.InspectAsync(new Uri(url), new InspectOptions(), TestContext.Current.CancellationToken);

    private Task<ExtractionResult> RunAsync(Uri url, string container) =>
        platforms.Engine.RunAsync(
            url,
            OutputRequest.Parse(container, null),
            Directory.CreateDirectory(Path.Combine(_directory, container)).FullName,
            new DirectProgress<EngineProgress>(_ => { }),
            TestContext.Current.CancellationToken
        );
}
