using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Fetching.Dash;

/// <summary>Which streams of a manifest are offered and taken, through the extractor as it is.</summary>
public sealed class DashChoiceTests(LabEngine lab)
{
    private const string Described =
        """<Accessibility schemeIdUri="urn:tva:metadata:cs:AudioPurposeCS:2007" value="1"/>""";
    private const string Tricks =
        """<EssentialProperty schemeIdUri="http://dashif.org/guidelines/trickmode" value="1"/>""";
    private const string Drm = """<ContentProtection schemeIdUri="urn:mpeg:dash:mp4protection:2011" value="cenc"/>""";
    private const string Large = """width="1280" height="720" """;

    public static TheoryData<string, string, string> Choices =>
        new()
        {
            {
                "a description that stands first",
                Mpd.Video() + Mpd.Audio(id: "ad", set: Described, bandwidth: 256_000) + Mpd.Audio(),
                "0+1"
            },
            {
                "a commentary that stands first",
                Mpd.Video() + Mpd.Audio(id: "c", set: Role("commentary")) + Mpd.Audio(),
                "0+1"
            },
            {
                "a main sound that stands second",
                Mpd.Video() + Mpd.Audio(id: "de", language: "de", set: Role("dub")) + Mpd.Audio(set: Role("main")),
                "0+1"
            },
            { "two sounds of one language", Mpd.Video() + Mpd.Audio() + Mpd.Audio(id: "2"), "0+1" },
            {
                "the first language where none is main",
                Mpd.Video() + Mpd.Audio() + Mpd.Audio(id: "2", language: "de", bandwidth: 256_000),
                "0+1"
            },
            { "a set for winding", Mpd.Video(id: "t", set: Tricks, size: Large) + Mpd.Video() + Mpd.Audio(), "0+1" },
            {
                "a protected picture beside a clear one",
                Mpd.Video(id: "p", set: Drm, size: Large) + Mpd.Video() + Mpd.Audio(),
                "0+1"
            },
            { "a description alone", Mpd.Video() + Mpd.Audio(set: Described), "0+1" },
            { "sets that do not say their codecs", Without(Mpd.Video() + Mpd.Audio()), "0+1" },
        };

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task The_right_streams_are_taken_of(string what, string sets, string expected)
    {
        Assert.NotEmpty(what);
        var info = await InspectAsync(Mpd.Of(Mpd.Period(sets)));
        Assert.Equal(
            expected,
            string.Join('+', lab.Engine.Plan(info, OutputRequest.Parse("mp4", null)).Sources.Select(one => one.Id))
        );
        Assert.Equal(TimeSpan.FromSeconds(12), info.Duration);
    }

    [Theory]
    [InlineData("""<ContentProtection schemeIdUri="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"/>""")]
    [InlineData(
        """<x:contentProtection xmlns:x="urn:other" schemeIdUri="urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95"/>"""
    )]
    [InlineData("""<cenc:pssh xmlns:cenc="urn:mpeg:cenc:2013">AAAANHBzc2g=</cenc:pssh>""")]
    public async Task Protection_is_seen_in_every_spelling(string protection)
    {
        foreach (
            var manifest in (string[])
                [
                    Mpd.Of(Mpd.Period(Mpd.Video(set: protection) + Mpd.Audio(set: protection))),
                    Mpd.Of(Mpd.Period(protection + Mpd.Video() + Mpd.Audio())),
                    Mpd.Of(protection + Mpd.Period(Mpd.Video(protection + Mpd.Template) + Mpd.Audio())),
                ]
        )
        {
            var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(manifest));
            Assert.Equal(MediaError.DrmProtected, failure.Error);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Period/>")]
    [InlineData(
        """<Period><AdaptationSet mimeType="text/vtt" lang="en"><Representation id="s"><BaseURL>s.vtt</BaseURL></Representation></AdaptationSet></Period>"""
    )]
    public async Task A_manifest_without_streams_is_refused_for_good(string periods)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(Mpd.Of(periods)));
        Assert.Equal(MediaError.UnsupportedUrl, failure.Error);
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00Z", false)]
    [InlineData("2999-01-01T00:00:00Z", true)]
    public async Task A_broadcast_that_said_how_long_it_would_be_is_over_when_that_is(string began, bool isLive)
    {
        var attributes = $"""type="dynamic" availabilityStartTime="{began}" mediaPresentationDuration="PT12S" """;
        var info = await InspectAsync(Mpd.Of(Mpd.Period(Mpd.Video() + Mpd.Audio()), attributes));
        Assert.Equal((isLive, isLive ? null : TimeSpan.FromSeconds(12)), (info.IsLive, info.Duration));
    }

    [Fact]
    public async Task The_programme_is_listed_and_not_what_is_shown_before_it()
    {
        var trailer = Mpd.Period(Mpd.Video(id: "trailer") + Mpd.Audio(id: "jingle"), """duration="PT2S" """);
        var info = await InspectAsync(Mpd.Of(trailer + Mpd.Period(Mpd.Video() + Mpd.Audio())));
        Assert.Equal(["0", "1"], info.Formats.Select(format => format.Id).Order());
        Assert.All(info.Formats, format => Assert.Equal(2, format.Dash!.Parts.Count));
    }

    private static string Role(string value) => $"""<Role schemeIdUri="urn:mpeg:dash:role:2011" value="{value}"/>""";

    private static string Without(string sets) =>
        sets.Replace("codecs=\"avc1.42c01e\"", "", StringComparison.Ordinal)
            .Replace("codecs=\"mp4a.40.2\"", "", StringComparison.Ordinal);

    private Task<MediaInfo> InspectAsync(string manifest) =>
        lab.Engine.InspectAsync(
            lab.At(Mpd.PathOf(manifest)),
            new InspectOptions(),
            TestContext.Current.CancellationToken
        );
}
