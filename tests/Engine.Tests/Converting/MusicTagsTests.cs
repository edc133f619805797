using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests.Converting;

/// <summary>A piece of music's catalogue data, read by others than ffprobe.</summary>
public sealed class MusicTagsTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    private static readonly MediaInfo Song = Conversions.Unknown with
    {
        Title = "A Song (Official Video)",
        Track = "A Song",
        Artist = "Tyler, The Creator, Ünal",
        Album = "An Album",
        Music = new MusicTags
        {
            Artists = ["Tyler, The Creator", "Ünal"],
            AlbumArtist = "Various",
            Composer = "Somebody Else",
            Genre = "Rap",
            Released = "2019-05-17",
            Track = "3/12",
            Disc = "1/2",
            Isrc = "USQX91901108",
        },
    };

    private static readonly string[] Comments =
    [
        "ALBUM=An Album",
        "ALBUMARTIST=Various",
        "ARTIST=Tyler, The Creator",
        "ARTIST=Ünal",
        "COMPOSER=Somebody Else",
        "DATE=2019-05-17",
        "DISCNUMBER=1",
        "DISCTOTAL=2",
        "GENRE=Rap",
        "ISRC=USQX91901108",
        "PURL=https://media.test/watch?v=aaaaaaaaaaa",
        "TITLE=A Song",
        "TRACKNUMBER=3",
        "TRACKTOTAL=12",
    ];

    private static readonly string[] Frames =
    [
        "COMM::ENG=https://media.test/watch?v=aaaaaaaaaaa",
        "TALB=An Album",
        "TCOM=Somebody Else",
        "TCON=Rap",
        "TDRC=2019-05-17",
        "TIT2=A Song",
        "TPE1=Tyler, The Creator",
        "TPE1=Ünal",
        "TPE2=Various",
        "TPOS=1/2",
        "TRCK=3/12",
        "TSRC=USQX91901108",
        "WOAS=https://media.test/watch?v=aaaaaaaaaaa",
    ];

    private static readonly string[] Atoms =
    [
        "©ALB=An Album",
        "----:COM.APPLE.ITUNES:ISRC=USQX91901108",
        "©ART=Tyler, The Creator",
        "©ART=Ünal",
        "©CMT=https://media.test/watch?v=aaaaaaaaaaa",
        "©DAY=2019-05-17",
        "©GEN=Rap",
        "©NAM=A Song",
        "©WRT=Somebody Else",
        "AART=Various",
        "DISK=(1, 2)",
        "TRKN=(3, 12)",
    ];

    public static TheoryData<string, string[]> Containers =>
        new()
        {
            { "flac", Comments },
            { "ogg", Comments },
            { "opus", Comments },
            { "mp3", Frames },
            { "m4a", Atoms },
            // A page's title is that of its picture.
            { "mp4", [.. Atoms.Where(atom => !atom.StartsWith("©NAM", StringComparison.Ordinal))] },
        };

    [Theory]
    [MemberData(nameof(Containers))]
    public async Task Others_read_it_as_it_is(string container, string[] tags)
    {
        TagReaders.Require();
        var path = await MakeAsync(container);

        var read = await TagReaders.MutagenAsync(path);
        Assert.All(tags, tag => Assert.Contains(tag, read));
        Assert.DoesNotContain(read, line => line.StartsWith("TXXX", StringComparison.Ordinal));
        Assert.Contains(
            "Ünal",
            Assert.Single(await TagReaders.ExiftoolAsync(path, "Artist")),
            StringComparison.Ordinal
        );
        // MediaInfo reads the first value of an ID3 frame, and nothing of those after it.
        Assert.Contains(
            container == "mp3" ? "Tyler, The Creator" : "Ünal",
            (await TagReaders.MediaInfoAsync(path, "Performer"))[0],
            StringComparison.Ordinal
        );
        FidelityTable.Record(
            "Music's own data",
            $"two artists, an album's place and a code to {container}",
            "what the page says",
            string.Join("; ", read.Where(tags.Contains))
        );
    }

    [Fact]
    public async Task A_cover_over_many_pages_does_not_hide_the_artists()
    {
        TagReaders.Require();
        var cover = await files.MakeAsync(
            "large.jpg",
            ["-f", "lavfi", "-i", "nullsrc=s=600x600,geq=random(1)*255:128:128", "-frames:v", "1", "-q:v", "1"]
        );

        var path = await MakeAsync("ogg", cover);

        var read = await TagReaders.MutagenAsync(path);
        Assert.Contains("ARTIST=Tyler, The Creator", read);
        Assert.Contains("ARTIST=Ünal", read);
        Assert.NotEmpty(await TagReaders.ExiftoolAsync(path, "Picture"));
    }

    private async Task<string> MakeAsync(string container, string? cover = null)
    {
        var made = await Conversions.RunAsync(
            await files.Mp4Async(),
            OutputRequest.Parse(container, null),
            files.NewDirectory(),
            cover,
            Song
        );
        // mutagen goes by the name.
        var path = Path.ChangeExtension(made.Path, container);
        File.Move(made.Path, path);
        return path;
    }
}
