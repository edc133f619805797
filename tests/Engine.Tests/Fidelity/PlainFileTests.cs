using Decant.Engine.Planning;
using Decant.Engine.Tests.Converting;

namespace Decant.Engine.Tests.Fidelity;

/// <summary>A file without a page, through the whole engine: what it says of itself stays.</summary>
public sealed class PlainFileTests(LabEngine lab, MediaFiles files) : IClassFixture<MediaFiles>
{
    private const string Kind = "Files without a page";

    private static readonly string[] Own =
    [
        "title=Its Own | Title",
        "artist=Its Artist",
        "album=Its Album",
        "genre=Folk",
        "date=1999",
        "track=2/9",
        "composer=Its Composer",
    ];

    [Theory]
    [InlineData("mp3", "mp3")]
    [InlineData("flac", "mp3")]
    [InlineData("ogg", "opus")]
    [InlineData("m4a", "flac")]
    public async Task It_keeps_its_own_tags(string kind, string format)
    {
        var source = await files.MakeAsync(
            $"own-tags.{kind}",
            ["-f", "lavfi", "-i", "sine=d=2", .. Own.SelectMany(tag => (string[])["-metadata", tag])]
        );

        var made = await RunAsync(source, format);

        Assert.Equal("Its Own | Title", made.Info.Title);
        var read = await Conversions.ShowAsync(made.Path, "-show_entries", "format_tags:stream_tags");
        var tags = read.Select(line => line["TAG:".Length..].ToUpperInvariant()).ToList();
        foreach (var tag in Own.SkipLast(2))
            Assert.Contains(tag.ToUpperInvariant(), tags);
        Assert.Contains("COMPOSER=ITS COMPOSER", tags);
        // The address has a port in it, another one each time.
        var kept = tags.Where(tag => !tag.Contains("://", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        FidelityTable.Record(Kind, $"tags of {kind} to {format}", string.Join("; ", Own), string.Join("; ", kept));
    }

    [Fact]
    public async Task Several_artists_stay_several()
    {
        TagReaders.Require();
        var first = await files.MakeAsync(
            "several.flac",
            ["-f", "lavfi", "-i", "sine=d=2", "-metadata", "artist=One;Two, Three"]
        );

        var made = await RunAsync(first, "flac");

        Assert.Equal(
            ["ARTIST=One", "ARTIST=Two, Three"],
            (await TagReaders.MutagenAsync(made.Path)).Where(line =>
                line.StartsWith("ARTIST", StringComparison.Ordinal)
            )
        );
    }

    [Theory]
    [InlineData("mp3", "mp3")]
    [InlineData("flac", "m4a")]
    [InlineData("m4a", "opus")]
    public async Task It_keeps_its_own_cover(string kind, string format)
    {
        string[] sound = ["-f", "lavfi", "-i", "sine=d=2", "-f", "lavfi", "-i", "testsrc2=s=400x300:d=0.04"];
        var source = await files.MakeAsync(
            $"covered.{kind}",
            [
                .. sound,
                "-map",
                "0",
                "-map",
                "1",
                "-c:v",
                "mjpeg",
                "-pix_fmt",
                "yuvj420p",
                "-disposition:v",
                "attached_pic",
            ]
        );

        var made = await RunAsync(source, format);

        Assert.Equal(
            ["width=400", "height=300", "DISPOSITION:attached_pic=1"],
            await Conversions.ShowAsync(
                made.Path,
                "-select_streams",
                "v",
                "-show_entries",
                "stream=width,height:stream_disposition=attached_pic"
            )
        );
        FidelityTable.Record(Kind, $"cover of {kind} to {format}", "a picture of 400x300", "a picture of 400x300");
    }

    [Theory]
    [InlineData("mkv", "srt", "mp4")]
    [InlineData("mkv", "ass", "mkv")]
    [InlineData("mp4", "mov_text", "mp3")]
    public async Task Its_own_subtitles_are_found(string kind, string codec, string format)
    {
        var text = Path.Combine(files.NewDirectory(), "text.srt");
        await File.WriteAllTextAsync(
            text,
            "1\n00:00:00,500 --> 00:00:01,500\nIts own words\n",
            TestContext.Current.CancellationToken
        );
        string[] maps = ["-map", "0", "-map", "1", "-map", "2", "-map", "2"];
        var source = await files.MakeAsync(
            $"spoken-{codec}.{kind}",
            [
                .. MediaFiles.Picture(160, 120),
                .. MediaFiles.Sound,
                .. (string[])["-i", text],
                .. maps,
                .. MediaFiles.H264,
                .. (string[])["-c:a", "aac", "-c:s", codec, "-metadata:s:s:1", "language=ger"],
            ]
        );

        var made = await RunAsync(source, format, new() { Languages = ["de", "und"] });

        Assert.Equal(["und", "ger"], made.Info.Subtitles.Select(one => one.Language));
        Assert.Equal(["ger", "und"], made.Subtitles.Select(one => one.Language));
        if (made.Subtitles[0].Path is { } file)
            Assert.Contains(
                "00:00:00,500 --> 00:00:01,500\nIts own words\n",
                await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        else
            Assert.Equal(
                2,
                (await Conversions.ShowAsync(made.Path, "-select_streams", "s", "-show_entries", "stream=index")).Count
            );
        FidelityTable.Record(
            Kind,
            $"{codec} in {kind} to {format}",
            "subtitles ger and without a language",
            string.Join("; ", made.Subtitles.Select(one => one.Path is null ? one.Language : $"{one.Language}.srt"))
        );
    }

    [Theory]
    [InlineData(96_000, "mp3", 48_000)]
    [InlineData(96_000, "m4a", 48_000)]
    [InlineData(88_200, "m4a", 44_100)]
    [InlineData(96_000, "flac", 96_000)]
    [InlineData(96_000, "wav", 96_000)]
    public async Task Small_players_play_its_sample_rate_unless_nothing_is_to_be_lost(int rate, string format, int made)
    {
        var source = await files.MakeAsync($"{rate}.flac", ["-f", "lavfi", "-i", $"sine=r={rate}:d=2"]);

        var result = await RunAsync(source, format);

        Assert.Equal(
            [$"sample_rate={made}"],
            await Conversions.ShowAsync(result.Path, "-select_streams", "a", "-show_entries", "stream=sample_rate")
        );
        FidelityTable.Record(Kind, $"flac of {rate} Hz to {format}", $"{rate} Hz", $"{made} Hz");
    }

    private async Task<ExtractionResult> RunAsync(string source, string format, SubtitleWords? subtitles = null)
    {
        await using var origin = await ServedFolder.StartAsync(Path.GetDirectoryName(source)!);
        return await lab.Engine.RunAsync(
            new Uri(origin.Url, Path.GetFileName(source)),
            OutputRequest.Parse(format, null) with
            {
                Subtitles = SubtitleWish.Parse(subtitles, Container.Parse(format)),
            },
            files.NewDirectory(),
            new DirectProgress<EngineProgress>(_ => { }),
            TestContext.Current.CancellationToken
        );
    }
}
