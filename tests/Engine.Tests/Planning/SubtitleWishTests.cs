using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Planning;

public sealed class SubtitleWishTests
{
    private static readonly MediaInfo Medium = SampleSources.Medium(SampleSources.Both("22", 720, 1500)) with
    {
        Subtitles =
        [
            Subtitle("en-GB", false),
            Subtitle("de", false),
            Subtitle("en", true),
            Subtitle("fr", true),
            Subtitle("pt-BR", false),
        ],
    };

    [Theory]
    [InlineData("mp4", null, null, SubtitlePlace.Embed, SubtitleFormat.Srt)]
    [InlineData("mkv", "embed", null, SubtitlePlace.Embed, SubtitleFormat.Srt)]
    [InlineData("mp4", null, "vtt", SubtitlePlace.Files, SubtitleFormat.Vtt)]
    [InlineData("mp4", "files", null, SubtitlePlace.Files, SubtitleFormat.Srt)]
    [InlineData("avi", null, null, SubtitlePlace.Files, SubtitleFormat.Srt)]
    [InlineData("mp3", " Files ", "SRT", SubtitlePlace.Files, SubtitleFormat.Srt)]
    public void What_was_not_said_follows_from_the_container(
        string container,
        string? mode,
        string? format,
        SubtitlePlace place,
        SubtitleFormat made
    )
    {
        var wish = Wish(container, mode, format, "en").Subtitles!;

        Assert.Equal((place, made), (wish.Place, wish.Format));
    }

    [Theory]
    [InlineData("mp3", "embed", null, "subtitles.mode")]
    [InlineData("avi", "embed", null, "subtitles.mode")]
    [InlineData("flv", "embed", null, "subtitles.mode")]
    [InlineData("mp4", "burn", null, "subtitles.mode")]
    [InlineData("mp4", null, "ass", "subtitles.format")]
    [InlineData("mp4", "embed", "srt", "subtitles.format")]
    public void A_contradiction_is_refused_with_its_field(
        string container,
        string? mode,
        string? format,
        string field
    ) => Refused(field, () => Wish(container, mode, format, "en"));

    [Fact]
    public void Languages_must_be_there_and_be_languages()
    {
        Refused("subtitles.languages", () => Wish("mp4", null, null));
        Refused("subtitles.languages", () => Wish("mp4", null, null, "en", "%%"));
        Refused("subtitles.languages", () => Wish("mp4", null, null, [.. Enumerable.Repeat("en", 21)]));
    }

    [Theory]
    // People's own before a machine's, whatever the region.
    [InlineData("en", "en-GB", false)]
    [InlineData("eng", "en-GB", false)]
    [InlineData("en-GB", "en-GB", false)]
    [InlineData("pt", "pt-BR", false)]
    [InlineData("fr", "fr", true)]
    public void A_language_gives_peoples_own_and_else_a_machines(string asked, string given, bool isAutomatic)
    {
        var one = Assert.Single(Planner.Plan(Medium, Wish("mp4", null, null, asked)).Subtitles);

        Assert.Equal((given, isAutomatic), (one.Language, one.IsAutomatic));
    }

    [Fact]
    public void A_language_that_is_not_there_is_unknown_format_with_those_that_are()
    {
        var refusal = Assert.Throws<MediaException>(() => Planner.Plan(Medium, Wish("mp4", null, null, "de", "ja")));

        Assert.Same(MediaError.UnknownFormat, refusal.Error);
        Assert.Equal("subtitles.languages", refusal.Field);
        Assert.Equal(
            "The source has no subtitles in the language \"ja\". It has de, en-GB, pt-BR, and automatic ones in en, fr.",
            refusal.Message
        );
    }

    [Theory]
    [InlineData("de", "de", true)]
    [InlineData("ger", "de", true)]
    [InlineData("deu", "de", true)]
    [InlineData("de-CH", "deu", true)]
    [InlineData("de", "de-CH", false)]
    [InlineData("den", "de", false)]
    [InlineData(null, "de", false)]
    public void Tags_of_sites_and_of_files_are_one_language(string? tag, string range, bool matches) =>
        Assert.Equal(matches, LanguageTag.Matches(tag, range));

    [Theory]
    [InlineData("de-CH", "deu")]
    [InlineData("zh-Hans", "zho")]
    [InlineData("yue", "yue")]
    [InlineData("xx", "und")]
    public void A_file_says_a_language_in_three_letters(string tag, string letters) =>
        Assert.Equal(letters, LanguageTag.ThreeLetters(tag));

    private static SourceSubtitle Subtitle(string language, bool isAutomatic) =>
        new(language, isAutomatic, SampleSources.Format(language, "vtt"));

    private static OutputRequest Wish(string container, string? mode, string? format, params string[] languages) =>
        OutputRequest
            .Parse(container, null)
            .Refine(
                new Refinement
                {
                    Subtitles = new SubtitleWords
                    {
                        Languages = languages,
                        Mode = mode,
                        Format = format,
                    },
                }
            );

    private static void Refused(string field, Action read)
    {
        var refusal = Assert.Throws<MediaException>(read);
        Assert.Same(MediaError.InvalidRequest, refusal.Error);
        Assert.Equal(field, refusal.Field);
    }
}
