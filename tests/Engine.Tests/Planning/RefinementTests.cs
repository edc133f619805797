using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using static Decant.Engine.Tests.Planning.SampleSources;

namespace Decant.Engine.Tests.Planning;

public sealed class RefinementTests
{
    private static readonly MediaInfo Dubbed = Medium(
        Picture("v", "h264", 720, 1500),
        Sound("en", "aac", 129, 10) with
        {
            Language = "en-US",
        },
        Sound("pt", "aac", 129) with
        {
            Language = "pt-BR",
        },
        Sound("de", "aac", 129) with
        {
            Language = "de",
        }
    );

    [Theory]
    [InlineData(null, "v+en")]
    [InlineData("pt", "v+pt")]
    [InlineData("pt-BR", "v+pt")]
    [InlineData("PT_br", "v+pt")]
    [InlineData("de", "v+de")]
    public void The_asked_language_is_taken(string? language, string picked)
    {
        var request = OutputRequest.Parse("mp4", null).Refine(new Refinement { AudioLanguage = language });

        var sources = Planner.Plan(Dubbed, request).Sources;

        Assert.Equal(picked, string.Join('+', sources.Select(source => source.Id)));
    }

    [Theory]
    [InlineData("fr")]
    // No Portuguese of Portugal, and no language is a part of another's name.
    [InlineData("pt-PT")]
    [InlineData("d")]
    public void A_language_that_is_not_there_is_refused_with_those_that_are(string language)
    {
        var refusal = Assert.Throws<MediaException>(() =>
            Planner.Plan(Dubbed, OutputRequest.Parse("mp4", null).Refine(new Refinement { AudioLanguage = language }))
        );

        Assert.Equal("audio_language", refusal.Field);
        if (refusal.Error == MediaError.UnknownFormat)
            Assert.Contains("de, en-US, pt-BR", refusal.Message, StringComparison.Ordinal);
        else
            Assert.Same(MediaError.InvalidRequest, refusal.Error);
    }

    [Theory]
    [InlineData("mp3", "hdr", null)]
    [InlineData("avi", "hdr", null)]
    [InlineData("mp4", "hdr", "h264")]
    [InlineData("mp4", "bright", null)]
    public void A_dynamic_range_that_cannot_be_is_refused(string format, string range, string? codec)
    {
        var refusal = Assert.Throws<MediaException>(() =>
            OutputRequest.Parse(format, null, videoCodec: codec).Refine(new Refinement { DynamicRange = range })
        );

        Assert.Same(MediaError.InvalidRequest, refusal.Error);
        Assert.Equal("dynamic_range", refusal.Field);
    }

    [Fact]
    public void A_high_dynamic_range_is_taken_where_it_is_asked_for()
    {
        var info = Medium(Both("sdr", 1080, 3000), Both("hdr", 1080, 5000, "hevc") with { DynamicRange = "HDR10" });

        Assert.Equal("sdr", Picked(null));
        Assert.Equal("hdr", Picked("hdr"));

        string Picked(string? range) =>
            Planner
                .Plan(info, OutputRequest.Parse("mkv", null).Refine(new Refinement { DynamicRange = range }))
                .Sources[0]
                .Id;
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-90)]
    public void A_loudness_out_of_reach_is_refused(double target)
    {
        var refusal = Assert.Throws<MediaException>(() =>
            OutputRequest.Parse("mp3", null).Refine(new Refinement { Normalize = target })
        );

        Assert.Equal("normalize", refusal.Field);
    }
}
