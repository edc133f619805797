using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using static Decant.Engine.Tests.Planning.SampleSources;

namespace Decant.Engine.Tests.Planning;

public sealed class PlannerTests
{
    [Theory]
    [InlineData("mp4", "best", "401+140")]
    [InlineData("mp4", "1080p", "299+140")]
    [InlineData("mp4", "1080p60", "299+140")]
    [InlineData("mp4", "720p", "298+140")]
    [InlineData("mp4", "720p60", "298+140")]
    [InlineData("mp4", "720p30", "136+140")]
    [InlineData("mp4", "600p", "134+140")]
    [InlineData("mp4", "100p", "160+140")]
    [InlineData("mp4", "worst", "160+139")]
    [InlineData("webm", "1080p", "303+251")]
    [InlineData("webm", "360p", "243+251")]
    [InlineData("mkv", "1080p", "299+251")]
    [InlineData("mov", "1080p", "299+140")]
    [InlineData("mp3", "best", "251")]
    [InlineData("m4a", "best", "140")]
    [InlineData("m4a", "64kbps", "139")]
    [InlineData("aac", "256kbps", "140")]
    [InlineData("opus", "best", "251")]
    [InlineData("opus", "64kbps", "249")]
    [InlineData("ogg", "best", "251")]
    [InlineData("wav", "best", "251")]
    [InlineData("flac", "best", "251")]
    public void The_formats_a_careful_person_would_pick_are_picked(string format, string quality, string picked) =>
        Assert.Equal(picked, Pick(YouTube(), format, quality));

    [Fact]
    public void The_order_of_the_formats_changes_nothing()
    {
        var info = YouTube();
        var reversed = info with { Formats = [.. info.Formats.Reverse()] };

        foreach (var container in Container.All)
            Assert.Equal(Pick(info, container.Name, "best"), Pick(reversed, container.Name, "best"));
    }

    [Fact]
    public void A_vertical_picture_counts_by_its_short_side()
    {
        var info = Medium(
            Both("small", 1024, 900) with
            {
                Width = 576,
            },
            Both("large", 1920, 3000) with
            {
                Width = 1080,
            }
        );

        Assert.Equal("large", Pick(info, "mp4", "1080p"));
        Assert.Equal("small", Pick(info, "mp4", "720p"));
    }

    [Fact]
    public void Padding_to_whole_blocks_is_not_more_than_asked() =>
        Assert.Equal("padded", Pick(Medium(Both("low", 720, 900), Both("padded", 1088, 3000)), "mp4", "1080p"));

    [Fact]
    public void A_plain_file_is_preferred_to_a_manifest_of_the_same_quality() =>
        Assert.Equal(
            "plain",
            Pick(
                Medium(Both("hls", 720, 1600) with { Protocol = FetchProtocol.Hls }, Both("plain", 720, 1500)),
                "mp4",
                "720p"
            )
        );

    [Fact]
    public void A_picture_with_sound_is_preferred_where_no_sound_stands_apart() =>
        Assert.Equal(
            "both",
            Pick(Medium(Both("both", 720, 1000), Picture("silent", "h264", 720, 4000)), "mp4", "720p")
        );

    [Fact]
    public void A_silent_picture_gets_the_sound_of_another_where_none_stands_apart() =>
        Assert.Equal(
            "silent+both",
            Pick(Medium(Both("both", 360, 600), Picture("silent", "h264", 720, 4000)), "mp4", "720p")
        );

    [Fact]
    public void The_original_language_is_kept() =>
        Assert.Equal(
            "140",
            Pick(Medium(Sound("140-dub", "aac", 160, -1), Sound("140", "aac", 129, 10)), "m4a", "best")
        );

    [Fact]
    public void Sound_alone_comes_from_the_cheapest_picture_that_has_it_whole()
    {
        var info = Medium(Both("144", 144, 100), Both("360", 360, 600), Both("1080", 1080, 4000));

        Assert.Equal("360", Pick(info, "mp3", "best"));
    }

    [Fact]
    public void A_format_of_unknown_codecs_may_be_anything()
    {
        var info = Medium(Format("0", "mp4") with { CodecsKnown = false });

        Assert.Equal("0", Pick(info, "mp4", "720p"));
        Assert.Equal("0", Pick(info, "mp3", "best"));
    }

    [Fact]
    public void Sound_of_an_unknown_codec_goes_with_a_silent_picture()
    {
        // An HLS audio group: the manifest names no codec for it.
        var group = Format("audio", "mp4") with
        {
            CodecsKnown = false,
            VideoAbsent = true,
        };

        Assert.Equal("v+audio", Pick(Medium(group, Picture("v", "h264", 720, 900)), "mp4", "best"));
    }

    [Theory]
    [InlineData("mp4", "137", "137+140")]
    [InlineData("mp4", "137+140", "137+140")]
    [InlineData("mp4", "22", "22")]
    [InlineData("m4a", "140", "140")]
    [InlineData("mp3", "137+140", "140")]
    public void Named_formats_are_taken(string format, string selector, string picked)
    {
        var info = Medium(Picture("137", "h264", 1080, 4000), Sound("140", "aac", 129), Both("22", 720, 1500));

        Assert.Equal(picked, Pick(info, format, "best", selector));
    }

    [Fact]
    public void A_named_format_that_is_not_offered_is_unknown_format_with_those_that_are()
    {
        var refusal = Assert.Throws<MediaException>(() => Pick(Medium(Both("22", 720, 1500)), "mp4", "best", "99"));

        Assert.Same(MediaError.UnknownFormat, refusal.Error);
        Assert.Equal("format_selector", refusal.Field);
        Assert.Contains("\"99\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("22", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_a_podcast_is_unknown_format()
    {
        var refusal = Assert.Throws<MediaException>(() => Pick(Medium(Sound("a", "mp3", 128)), "mp4", "best"));

        Assert.Same(MediaError.UnknownFormat, refusal.Error);
        Assert.Contains("no picture", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sound_of_a_silent_film_is_unknown_format()
    {
        var refusal = Assert.Throws<MediaException>(() => Pick(Medium(Picture("v", "h264", 720, 900)), "mp3", "best"));

        Assert.Same(MediaError.UnknownFormat, refusal.Error);
        Assert.Contains("no sound", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_estimated_from_sizes_and_rates()
    {
        var info = Medium(Picture("v", "h264", 720, 800), Sound("a", "aac", 128) with { Size = 1_000_000 });

        // 800 kbit/s for 60 s, and the sound's stated size.
        Assert.Equal(7_000_000, Planner.Plan(info, OutputRequest.Parse("mp4", null)).EstimatedFetchBytes);
    }

    private static string Pick(MediaInfo info, string format, string quality, string? selector = null) =>
        string.Join(
            '+',
            Planner
                .Plan(info, OutputRequest.Parse(format, quality, formatSelector: selector))
                .Sources.Select(source => source.Id)
        );
}
