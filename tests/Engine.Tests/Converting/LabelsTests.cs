using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Converting;

/// <summary>Tags, chapters and cover art, read back with the real ffprobe.</summary>
public sealed class LabelsTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    private const string Awkward = "Eins; zwei = drei # \\ 🎵";

    private static readonly MediaInfo Song = Conversions.Unknown with
    {
        Title = "Somebody - A Song (Official Video)",
        Track = "A Song",
        Artist = "Somebody",
        Album = "An Album",
        Description = "Line one\nLine two",
        Chapters =
        [
            new(TimeSpan.Zero, TimeSpan.FromSeconds(1), Awkward),
            new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), "The rest"),
        ],
    };

    [Theory]
    [InlineData("mp4")]
    [InlineData("m4a")]
    [InlineData("mp3")]
    [InlineData("flac")]
    [InlineData("ogg")]
    [InlineData("opus")]
    [InlineData("mkv")]
    public async Task A_cover_goes_where_the_container_has_a_place(string container)
    {
        var made = await MakeAsync(container);

        Assert.Contains(made.Media.Streams, stream => stream.Kind == StreamKind.CoverArt);
        Assert.Equal(Container.Parse(container).IsAudio, made.Media.Video is null);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mov")]
    [InlineData("mkv")]
    [InlineData("webm")]
    [InlineData("m4a")]
    [InlineData("mp3")]
    [InlineData("opus")]
    [InlineData("ogg")]
    [InlineData("flac")]
    public async Task The_sites_chapters_are_written(string container)
    {
        var made = await MakeAsync(container);

        var lines = await Conversions.ShowAsync(made.Path, "-show_chapters");
        Assert.Equal(
            [$"TAG:title={Awkward}", "TAG:title=The rest"],
            lines.Where(line => line.StartsWith("TAG:title=", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("mp3", "A Song")]
    [InlineData("m4a", "A Song")]
    [InlineData("flac", "A Song")]
    [InlineData("ogg", "A Song")]
    [InlineData("opus", "A Song")]
    [InlineData("aac", "A Song")]
    [InlineData("mp4", "Somebody - A Song (Official Video)")]
    [InlineData("mkv", "Somebody - A Song (Official Video)")]
    public async Task A_piece_of_music_is_tagged_as_one(string container, string title)
    {
        var made = await MakeAsync(container);

        var lines = await Conversions.ShowAsync(made.Path, "-show_entries", "format_tags:stream_tags");
        var tags = lines.Select(line => line.ToUpperInvariant()).ToHashSet();
        Assert.Contains($"TAG:TITLE={title}".ToUpperInvariant(), tags);
        Assert.Contains("TAG:ARTIST=SOMEBODY", tags);
        Assert.Contains("TAG:ALBUM=AN ALBUM", tags);
        Assert.Contains("TAG:DATE=2026-01-15", tags);
        Assert.Contains(
            tags,
            tag =>
                tag
                    is "TAG:COMMENT=HTTPS://MEDIA.TEST/WATCH?V=AAAAAAAAAAA"
                        or "TAG:PURL=HTTPS://MEDIA.TEST/WATCH?V=AAAAAAAAAAA"
        );
        Assert.Contains(tags, tag => tag.EndsWith("=LINE ONE", StringComparison.Ordinal));
    }

    private async Task<Converted> MakeAsync(string container)
    {
        var cover = await files.MakeAsync(
            "cover.jpg",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=400x300:d=1",
            "-frames:v",
            "1",
            "-update",
            "1"
        );
        return await Conversions.RunAsync(
            await files.Mp4Async(),
            OutputRequest.Parse(container, null),
            files.NewDirectory(),
            cover,
            Song
        );
    }
}
