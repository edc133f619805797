using Decant.Engine.Planning;

namespace Decant.Engine.Tests.Converting;

/// <summary>What a source's own file says of itself: its chapters stay, whatever else it says goes.</summary>
public sealed class SourceLabelsTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    [Theory]
    [InlineData("mp4")]
    [InlineData("mov")]
    [InlineData("mkv")]
    [InlineData("webm")]
    [InlineData("m4a")]
    [InlineData("mp3")]
    [InlineData("opus")]
    public async Task Its_chapters_stay(string container)
    {
        var made = await MakeAsync(container, withCover: false);

        var chapters = await Conversions.ShowAsync(made.Path, "-show_chapters");
        Assert.Equal(
            ["TAG:title=Eins", "TAG:title=Zwei"],
            chapters.Where(line => line.StartsWith("TAG:title=", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("mp4", false)]
    [InlineData("mkv", true)]
    [InlineData("mp3", true)]
    [InlineData("m4a", true)]
    [InlineData("flac", true)]
    // A picture goes into these as a comment, which is another way through ffmpeg.
    [InlineData("ogg", true)]
    [InlineData("opus", true)]
    [InlineData("opus", false)]
    public async Task Its_other_tags_go(string container, bool withCover)
    {
        var made = await MakeAsync(container, withCover);

        var tags = await Conversions.ShowAsync(made.Path, "-show_entries", "format_tags:stream_tags");
        Assert.DoesNotContain(tags, line => line.Contains("leaked", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(tags, line => line.StartsWith("TAG:title=", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<Converted> MakeAsync(string container, bool withCover)
    {
        var cover = await files.MakeAsync(
            "cover.jpg",
            ["-f", "lavfi", "-i", "testsrc2=s=400x300:d=1", "-frames:v", "1", "-update", "1"]
        );
        return await Conversions.RunAsync(
            await SourceAsync(),
            OutputRequest.Parse(container, null),
            files.NewDirectory(),
            withCover ? cover : null
        );
    }

    private async Task<string> SourceAsync()
    {
        var labels = Path.Combine(files.NewDirectory(), "labels");
        await File.WriteAllTextAsync(
            labels,
            """
            ;FFMETADATA1
            title=leaked title
            artist=leaked artist
            comment=leaked comment
            LOCATION=leaked location
            [CHAPTER]
            TIMEBASE=1/1
            START=0
            END=1
            title=Eins
            [CHAPTER]
            TIMEBASE=1/1
            START=1
            END=3
            title=Zwei

            """,
            TestContext.Current.CancellationToken
        );
        return await files.MakeAsync(
            "labelled.mkv",
            [
                .. MediaFiles.Picture(320, 240),
                .. MediaFiles.Sound,
                "-i",
                labels,
                "-map",
                "0",
                "-map",
                "1",
                "-map_metadata",
                "2",
                "-map_chapters",
                "2",
                .. MediaFiles.H264,
                "-c:a",
                "aac",
                "-metadata:s:v",
                "title=leaked picture",
                "-metadata:s:a",
                "title=leaked sound",
            ]
        );
    }
}
