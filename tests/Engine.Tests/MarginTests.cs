using Decant.Engine.Sources;

namespace Decant.Engine.Tests;

public sealed class MarginTests
{
    [Theory]
    [InlineData(10, 10.9, 10)]
    [InlineData(10, 11.1, 11.1)]
    [InlineData(7200, 7271, 7200)]
    [InlineData(7200, 7273, 7273)]
    [InlineData(1, 7200, 7200)]
    [InlineData(60, 10, 10)]
    [InlineData(null, 10, 10)]
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
