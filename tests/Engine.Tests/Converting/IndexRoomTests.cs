using Decant.Engine.Converting;
using Decant.Engine.Planning;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Converting;

/// <summary>An mp4's index is at its head, whether there was room for it or not.</summary>
public sealed class IndexRoomTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    [Fact]
    public async Task A_large_copy_is_written_once_with_its_index_first()
    {
        var source = await LargeAsync();

        var made = await Conversions.RunAsync(source, OutputRequest.Parse("mp4", null), files.NewDirectory());

        Assert.InRange(made.Plan.IndexRoom!.Value, 10_000, new FileInfo(source).Length / 100);
        // What was left free, and the word that the muxer puts before its media.
        Assert.Equal(["ftyp", "moov", "free", "free", "mdat"], Boxes.Of(made.Path));
        Assert.Equal(await Decoded.HashAsync(source), await Decoded.HashAsync(made.Path));
    }

    [Fact]
    public async Task An_index_that_does_not_fit_goes_first_all_the_same()
    {
        var source = await LargeAsync();
        var made = await Conversions.RunAsync(source, OutputRequest.Parse("mp4", null), files.NewDirectory());
        var path = Path.Combine(files.NewDirectory(), "unverified");

        await new Ffmpeg(new EngineOptions(), NullLogger<Ffmpeg>.Instance).ConvertAsync(
            made.Plan with
            {
                IndexRoom = 500,
            },
            [source],
            null,
            [],
            path,
            new DirectProgress<TimeSpan>(_ => { }),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["ftyp", "moov", "free", "mdat"], Boxes.Of(path));
        Assert.Equal(await Decoded.HashAsync(source), await Decoded.HashAsync(path));
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mov")]
    [InlineData("m4a")]
    public async Task A_small_file_wastes_nothing(string format)
    {
        var source = await files.Mp4Async();

        var made = await Conversions.RunAsync(source, OutputRequest.Parse(format, null), files.NewDirectory());

        Assert.Null(made.Plan.IndexRoom);
        Assert.Equal("moov", Boxes.Of(made.Path).Find(type => type is "moov" or "mdat"));
    }

    /// <summary>Three seconds of noise, 9 MB, with its index at the end.</summary>
    private Task<string> LargeAsync() =>
        files.MakeAsync(
            "noise.mp4",
            [
                .. MediaFiles.Picture(320, 240),
                .. MediaFiles.Sound,
                "-vf",
                "noise=alls=100:allf=t",
                .. MediaFiles.H264,
                "-crf",
                "1",
                "-c:a",
                "aac",
            ]
        );
}
