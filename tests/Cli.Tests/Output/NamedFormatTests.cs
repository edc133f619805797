using Decant.Cli.Output;
using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Cli.Tests.Output;

public sealed class NamedFormatTests
{
    [Theory]
    [InlineData("song.ogg", "ogg")]
    [InlineData("a.b/SONG.MP3", "mp3")]
    [InlineData("film.m4v", "mp4")]
    [InlineData("book.m4b", "m4a")]
    [InlineData("mine.bin", null)]
    [InlineData("mine", null)]
    [InlineData("Episode 1.5", null)]
    [InlineData("a.mp3/mine", null)]
    public void A_name_says_a_format_or_nothing(string name, string? format) =>
        Assert.Equal(format, NamedFormat.Of(name)?.Name);

    [Theory]
    [InlineData("song.wma")]
    [InlineData("film.mpg")]
    [InlineData("film.jpg")]
    [InlineData("film.txt")]
    public void A_kind_of_file_that_is_not_made_is_an_unknown_format(string name) =>
        Assert.Equal(MediaError.UnknownFormat, Assert.Throws<MediaException>(() => NamedFormat.Of(name)).Error);

    [Theory]
    [InlineData("song.ogg", "mp4")]
    [InlineData("song.opus", "ogg")]
    [InlineData("film.m4v", "m4a")]
    [InlineData("film.txt", "mp4")]
    public void A_name_that_contradicts_what_is_made_is_refused_with_a_better_one(string name, string format)
    {
        var refusal = Assert.Throws<MediaException>(() => NamedFormat.EnsureFits(name, Container.Parse(format)));

        Assert.Equal(MediaError.InvalidRequest, refusal.Error);
        Assert.Contains(Path.ChangeExtension(name, format), refusal.Message);
    }

    [Theory]
    [InlineData("mine.bin", "mp3")]
    [InlineData("mine", "mp4")]
    [InlineData("FILM.M4V", "mp4")]
    public void A_name_that_does_not_contradict_is_taken(string name, string format) =>
        NamedFormat.EnsureFits(name, Container.Parse(format));
}
