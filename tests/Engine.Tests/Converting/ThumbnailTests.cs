using Decant.Engine.Children;
using Decant.Engine.Converting;
using Decant.Engine.Egress;
using Decant.Engine.Probing;
using Decant.Engine.Tests.Egress;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Converting;

public sealed class ThumbnailTests(LabEngine lab) : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-thumbnail-").FullName;
    private readonly EgressGate _gate = Gates.Open();

    private Thumbnail Thumbnail => new(new EngineOptions(), _gate, TimeProvider.System, NullLogger<Thumbnail>.Instance);

    [Theory]
    [InlineData("media/thumb-1280x720.jpg", 1280, 720)]
    [InlineData("media/thumb-1280x720.webp", 1280, 720)]
    [InlineData("media/thumb-1280x720.png", 1280, 720)]
    [InlineData("media/thumb-1280x720.gif", 1280, 720)]
    [InlineData("media/thumb-1280x720.avif", 1280, 720)]
    [InlineData("media/thumb-720x1280.webp", 720, 1280)]
    public async Task Whatever_the_site_serves_becomes_a_jpeg(string path, int width, int height)
    {
        var pictures = await Thumbnail.FetchAsync(
            lab.At(path),
            _directory,
            isForCover: false,
            TestContext.Current.CancellationToken
        );

        Assert.Equal((width, height), await SizeAsync(pictures!.Jpeg));
        Assert.Equal((width, height), await SizeAsync(pictures.Cover));
    }

    [Theory]
    // 250 megapixels in 737 KB.
    [InlineData("media/huge.png")]
    [InlineData("status/404")]
    [InlineData("html-as-media/thumb.jpg")]
    [InlineData("playlist-as/thumb.jpg")]
    [InlineData("empty/thumb.jpg")]
    [InlineData("endless/declared.mp4")]
    [InlineData("cut/small.mp4")]
    public async Task A_picture_that_cannot_be_had_is_none(string path) =>
        Assert.Null(
            await Thumbnail.FetchAsync(
                lab.At(path),
                _directory,
                isForCover: false,
                TestContext.Current.CancellationToken
            )
        );

    [Fact]
    public async Task A_large_picture_is_made_smaller_for_delivery_and_smaller_still_for_a_cover()
    {
        var source = Path.Combine(_directory, "wide.mp4");
        await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                ["-v", "error", .. MediaFiles.Picture(2560, 1440, 1), .. MediaFiles.H264, source]
            )
            {
                Access = null,
            },
            TestContext.Current.CancellationToken
        );

        var pictures = await Thumbnail.FrameAsync(
            source,
            TimeSpan.FromSeconds(1),
            _directory,
            TestContext.Current.CancellationToken
        );

        Assert.Equal((1920, 1080), await SizeAsync(pictures!.Jpeg));
        Assert.Equal((1400, 788), await SizeAsync(pictures.Cover));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _gate.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<(int Width, int Height)> SizeAsync(string path)
    {
        var report = new ProbeReport();
        await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffprobe",
                [
                    "-v",
                    "error",
                    "-of",
                    "compact",
                    "-show_entries",
                    "format=format_name:stream=index,codec_name,codec_type,width,height",
                    path,
                ]
            )
            {
                Access = null,
                Output = report.ReadAsync,
            },
            TestContext.Current.CancellationToken
        );
        var picture = report.Finish([])!.Video!;
        Assert.Equal("mjpeg", picture.Codec);
        return (picture.Width!.Value, picture.Height!.Value);
    }
}
