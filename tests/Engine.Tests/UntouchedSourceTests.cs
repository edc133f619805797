using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests;

/// <summary>A plain file that is already what was asked for, through the whole engine.</summary>
public sealed class UntouchedSourceTests(LabEngine lab, MediaFiles files) : IClassFixture<MediaFiles>
{
    [Theory]
    [InlineData("film.mp4", "mp4")]
    [InlineData("song.m4a", "m4a")]
    public async Task It_is_delivered_as_it_came_with_its_tags(string name, string format)
    {
        var source = await files.MakeAsync(
            name,
            [
                .. MediaFiles.Picture(320, 240),
                .. MediaFiles.Sound,
                .. format == "m4a" ? (string[])["-map", "1"] : MediaFiles.H264,
                "-c:a",
                "aac",
                "-metadata",
                "title=Its Own",
            ]
        );
        await using var origin = await ServedFolder.StartAsync(Path.GetDirectoryName(source)!);

        var made = await lab.RunAsync(new Uri(origin.Url, name), format, files.NewDirectory());

        // ffmpeg leaves its name in what it makes.
        var tags = await TagReaders.MutagenAsync(made.Path);
        Assert.DoesNotContain(tags, tag => tag.StartsWith("©TOO", StringComparison.Ordinal));
        Assert.Contains("©NAM=Its Own", tags);
        Assert.Contains($"©CMT={new Uri(origin.Url, name)}", tags);
        Assert.Equal(await PacketsAsync(source), await PacketsAsync(made.Path));
        Assert.Equal(3, made.Duration.TotalSeconds, 0.1);
        Assert.Equal([made.Path], Directory.GetFiles(Path.GetDirectoryName(made.Path)!));
    }

    [Fact]
    public async Task A_source_that_is_cut_is_refused_in_the_words_of_a_reading()
    {
        var whole = await File.ReadAllBytesAsync(await files.Mp4Async(), TestContext.Current.CancellationToken);
        var served = files.NewDirectory();
        await File.WriteAllBytesAsync(
            Path.Combine(served, "cut.mp4"),
            whole[..(whole.Length / 2)],
            TestContext.Current.CancellationToken
        );
        await using var origin = await ServedFolder.StartAsync(served);

        var refused = await Assert.ThrowsAsync<Decant.Engine.Errors.MediaException>(() =>
            lab.RunAsync(new Uri(origin.Url, "cut.mp4"), "mp4", files.NewDirectory())
        );

        Assert.Matches("^The source's file is broken: it ends before its announced end", refused.Message);
    }

    private static Task<List<string>> PacketsAsync(string path) =>
        Conversions.FfmpegAsync(path, "-map", "0", "-c", "copy", "-f", "streamhash", "-");
}
