using Decant.Engine.Planning;
using Decant.Engine.Sources;
using static Decant.Engine.Tests.Planning.SampleSources;

namespace Decant.Engine.Tests.Planning;

public sealed class LowerRenditionTests
{
    [Fact]
    public void The_same_at_another_address_comes_before_the_next_lower()
    {
        var plan = Plan(Both("360", 360, 600), Both("1080-backup", 1080, 4000), Both("1080", 1080, 4000));

        Assert.True(LowerRendition.TryPlan(plan, plan.Sources[0].Id, out var backup));
        Assert.True(LowerRendition.TryPlan(backup, backup.Sources[0].Id, out var lower));
        Assert.Equal(["1080p", "1080p", "360p"], new[] { plan, backup, lower }.Select(LowerRendition.Name));
        Assert.False(LowerRendition.TryPlan(lower, "360", out _));
    }

    [Fact]
    public void A_silent_picture_is_no_lower_rendition_of_one_with_sound()
    {
        var plan = Plan(Picture("v", "h264", 720, 900), Both("1080", 1080, 4000));

        Assert.False(LowerRendition.TryPlan(plan, "1080", out _));
    }

    [Fact]
    public void Formats_that_were_named_are_not_exchanged()
    {
        var info = Medium(Both("360", 360, 600), Both("1080", 1080, 4000));
        var plan = Planner.Plan(info, OutputRequest.Parse("mp4", null, formatSelector: "1080"));

        Assert.False(LowerRendition.TryPlan(plan, "1080", out _));
    }

    private static ExtractionPlan Plan(params SourceFormat[] formats) =>
        Planner.Plan(Medium(formats), OutputRequest.Parse("mp4", null));
}
