using Decant.Cli.Output;
using Decant.Engine.Errors;

namespace Decant.Cli.Tests.Output;

public sealed class DestinationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_directory_gets_a_file_named_after_the_medium() =>
        Assert.Equal(In("A_B.mp3"), new Destination(_folder.Path, force: false).PathFor("A/B", "mp3"));

    [Fact]
    public void A_named_file_keeps_its_name_whatever_the_medium_is_called() =>
        Assert.Equal(In("mine.bin"), new Destination(In("mine.bin"), force: false).PathFor("A/B", "mp3"));

    [Fact]
    public void Nothing_said_means_the_current_directory() =>
        Assert.Equal(Environment.CurrentDirectory, new Destination(null, force: false).Folder);

    [Fact]
    public void A_named_file_in_the_way_is_refused_before_anything_is_looked_up()
    {
        _folder.Write("mine.mp3", "keep me");

        var refusal = Assert.Throws<MediaException>(() => new Destination(In("mine.mp3"), force: false));

        Assert.Equal(MediaError.InvalidRequest, refusal.Error);
        Assert.Contains("--force", refusal.Message);
    }

    [Fact]
    public void A_file_of_the_mediums_title_in_the_way_is_refused()
    {
        _folder.Write("Title.mp3", "keep me");

        Assert.Throws<MediaException>(() => new Destination(_folder.Path, force: false).PathFor("Title", "mp3"));
    }

    [Fact]
    public void A_picture_in_the_way_of_the_thumbnail_is_refused()
    {
        _folder.Write("Title.jpg", "keep me");

        Assert.Throws<MediaException>(() =>
            new Destination(_folder.Path, force: false).ThumbnailPathFor(In("Title.mp3"))
        );
    }

    [Fact]
    public void A_file_that_appears_meanwhile_is_not_lost()
    {
        var made = _folder.Write("made", "new");
        var destination = new Destination(_folder.Path, force: false);
        var path = destination.PathFor("Title", "mp3");
        _folder.Write("Title.mp3", "keep me");

        Assert.Throws<IOException>(() => destination.Place(made, path));
        Assert.Equal("keep me", File.ReadAllText(path));
    }

    [Fact]
    public void Force_replaces()
    {
        var made = _folder.Write("made", "new");
        var old = _folder.Write("mine.mp3", "old");
        var destination = new Destination(old, force: true);

        destination.Place(made, destination.PathFor("Title", "mp3"));

        Assert.Equal("new", File.ReadAllText(old));
    }

    [Theory]
    [InlineData("nowhere/mine.mp3")]
    [InlineData("nowhere/")]
    public void A_directory_that_is_not_there_is_named(string output)
    {
        var refusal = Assert.Throws<MediaException>(() => new Destination(In(output), force: false));

        Assert.Contains(In("nowhere"), refusal.Message);
    }

    private string In(string name) => Path.Combine(_folder.Path, name);
}
