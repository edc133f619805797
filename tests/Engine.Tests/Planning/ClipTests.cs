using Decant.Engine.Errors;
using Decant.Engine.Planning;
using static Decant.Engine.Tests.Planning.SampleSources;

namespace Decant.Engine.Tests.Planning;

public sealed class ClipTests
{
    [Theory]
    [InlineData("10", "20", 10, 20.0)]
    [InlineData("0.5", "1:30", 0.5, 90.0)]
    [InlineData("01:02:03.250", null, 3723.25, null)]
    [InlineData(null, "90", 0, 90.0)]
    public void Times_are_read_as_people_write_them(string? start, string? end, double from, double? to)
    {
        var clip = Clip.Parse(start, end)!;

        Assert.Equal(TimeSpan.FromSeconds(from), clip.Start);
        Assert.Equal(to, clip.End?.TotalSeconds);
    }

    [Theory]
    [InlineData("-1", null, "clip.start")]
    [InlineData("soon", null, "clip.start")]
    [InlineData("1:75", null, "clip.start")]
    [InlineData("1:60:00", null, "clip.start")]
    [InlineData("10", "ten", "clip.end")]
    [InlineData("10", "10", "clip.end")]
    [InlineData("20", "0:10", "clip.end")]
    public void What_is_no_time_is_refused_by_its_field(string start, string? end, string field)
    {
        var refusal = Assert.Throws<MediaException>(() => Clip.Parse(start, end));

        Assert.Same(MediaError.InvalidRequest, refusal.Error);
        Assert.Equal(field, refusal.Field);
    }

    [Theory]
    // The medium is 60 s long.
    [InlineData("60", null, "clip.start")]
    [InlineData("10", "62", "clip.end")]
    public void A_clip_outside_the_medium_is_refused_when_it_is_planned(string start, string? end, string field)
    {
        var request = OutputRequest.Parse("mp4", null).Refine(new Refinement { ClipStart = start, ClipEnd = end });

        var refusal = Assert.Throws<MediaException>(() => Planner.Plan(Medium(Both("22", 720, 1500)), request));

        Assert.Same(MediaError.InvalidRequest, refusal.Error);
        Assert.Equal(field, refusal.Field);
    }
}
