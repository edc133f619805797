using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests.Converting;

/// <summary>A file of every container that is offered, with all that goes into it, as every reader that knows the container sees it.</summary>
public sealed class ForeignReaderTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    private static readonly MediaInfo Song = Conversions.Unknown with
    {
        Title = "A Song",
        Track = "A Song",
        Artist = "Ünal",
        Album = "An Album",
        Chapters =
        [
            new(TimeSpan.Zero, TimeSpan.FromSeconds(1), "First"),
            new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), "Second"),
        ],
    };

    /// <summary>Words of the readers that know a container; a reader that does not is left out, and so is a fact of which one never says anything.</summary>
    public static TheoryData<string, string[]> Containers =>
        new()
        {
            {
                "mp4",
                [
                    "mediainfo: A Song, Ünal, 3 s, 1 picture, 1 sound, cover, 2 chapters",
                    "exiftool: A Song, Ünal, 3 s, cover",
                    "mutagen: A Song, Ünal, 3 s, cover",
                    "mkvmerge: 1 picture, 1 sound, cover, 2 chapters",
                ]
            },
            {
                "webm",
                [
                    "mediainfo: A Song, Ünal, 3 s, 1 picture, 1 sound, 2 chapters",
                    "exiftool: A Song, Ünal",
                    "mkvmerge: A Song, 3 s, 1 picture, 1 sound, 2 chapters",
                ]
            },
            {
                "mkv",
                [
                    "mediainfo: A Song, Ünal, 3 s, 1 picture, 1 sound, cover, 2 chapters",
                    "exiftool: A Song, Ünal, cover",
                    "mkvmerge: A Song, 3 s, 1 picture, 1 sound, cover, 2 chapters",
                ]
            },
            {
                "mov",
                [
                    "mediainfo: A Song, Ünal, 3 s, 1 picture, 1 sound, 2 chapters",
                    "exiftool: A Song, Ünal, 3 s",
                    "mutagen: 3 s",
                    "mkvmerge: 1 picture, 1 sound, 2 chapters",
                ]
            },
            {
                "avi",
                [
                    "mediainfo: A Song, 3 s, 1 picture, 1 sound",
                    "exiftool: A Song, Ünal, 3 s",
                    "mkvmerge: 1 picture, 1 sound",
                ]
            },
            {
                "flv",
                [
                    "mediainfo: A Song, Ünal, 3 s, 1 picture, 1 sound",
                    "exiftool: A Song, Ünal, 3 s",
                    "mkvmerge: 1 picture, 1 sound",
                ]
            },
            {
                "mp3",
                [
                    "mediainfo: A Song, Ünal, 3 s, 0 picture, 1 sound, cover",
                    "exiftool: A Song, Ünal, 3 s, cover",
                    "mutagen: A Song, Ünal, 3 s, cover",
                    "mkvmerge: 0 picture, 1 sound",
                ]
            },
            {
                "m4a",
                [
                    "mediainfo: A Song, Ünal, 3 s, 0 picture, 1 sound, cover, 2 chapters",
                    "exiftool: A Song, Ünal, 3 s, cover",
                    "mutagen: A Song, Ünal, 3 s, cover",
                    "mkvmerge: 0 picture, 1 sound, cover, 2 chapters",
                ]
            },
            {
                "aac",
                [
                    "mediainfo: A Song, Ünal, 0 picture, 1 sound",
                    "exiftool: A Song, Ünal",
                    "mkvmerge: 0 picture, 1 sound",
                ]
            },
            {
                "ogg",
                [
                    "mediainfo: A Song, Ünal, 3 s, 0 picture, 1 sound, cover, 2 chapters",
                    "mutagen: A Song, Ünal, 3 s, cover",
                    "mkvmerge: 0 picture, 1 sound, cover, 2 chapters",
                ]
            },
            {
                "opus",
                [
                    "mediainfo: A Song, Ünal, 3 s, 0 picture, 1 sound, cover, 2 chapters",
                    "exiftool: A Song, Ünal, cover",
                    "mutagen: A Song, Ünal, 3 s, cover",
                    "mkvmerge: 0 picture, 1 sound, cover, 2 chapters",
                ]
            },
            {
                "wav",
                [
                    "mediainfo: A Song, 3 s, 0 picture, 1 sound",
                    "exiftool: A Song, Ünal, 3 s",
                    "mutagen: 3 s",
                    "mkvmerge: 0 picture, 1 sound",
                ]
            },
            {
                "flac",
                [
                    "mediainfo: A Song, Ünal, 3 s, 0 picture, 1 sound, cover, 2 chapters",
                    "exiftool: A Song, Ünal, 3 s, cover",
                    "mutagen: A Song, Ünal, 3 s, cover",
                    "mkvmerge: 0 picture, 1 sound, cover",
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Containers))]
    public async Task Every_reader_finds_in_it_what_there_is(string container, string[] words)
    {
        ForeignReaders.Require();
        var cover = await files.MakeAsync("cover.jpg", [.. MediaFiles.Picture(320, 320, 0.04), "-frames:v", "1"]);
        var made = await Conversions.RunAsync(
            await files.Mp4Async(),
            OutputRequest.Parse(container, null),
            files.NewDirectory(),
            cover,
            Song
        );
        // Some go by the name.
        var path = Path.ChangeExtension(made.Path, container);
        File.Move(made.Path, path);

        var said = new List<string>();
        foreach (var reader in words.Select(word => word.Split(':')[0]))
            said.Add($"{reader}: {await ForeignReaders.All[reader].ReadAsync(path)}");
        if (container == "flac")
            await ForeignReaders.TestFlacAsync(path);

        Assert.Equal(words, said);
        FidelityTable.Record(
            "Other readers",
            container,
            "A Song, Ünal, 3 s, cover, 2 chapters",
            string.Join("; ", said) + (container == "flac" ? "; flac -t: no fault" : "")
        );
    }
}
