using Decant.Engine.Sources;

namespace Decant.Engine.Tests;

public sealed class MarginTests
{
    [Theory]
    [InlineData(10.0, 10.9, 10.0)]
    [InlineData(10.0, 11.1, 11.1)]
    [InlineData(7200.0, 7271.0, 7200.0)]
    [InlineData(7200.0, 7273.0, 7273.0)]
    [InlineData(1.0, 7200.0, 7200.0)]
    [InlineData(60.0, 10.0, 10.0)]
    [InlineData(null, 10.0, 10.0)]
    public void A_second_or_a_hundredth_over_the_announced_length_is_ours_and_no_more(
        double? announced,
        double real,
        double counted
    ) =>
        Assert.Equal(
            TimeSpan.FromSeconds(counted),
            Margin.Counted(announced is { } said ? TimeSpan.FromSeconds(said) : null, TimeSpan.FromSeconds(real))
        );
}
