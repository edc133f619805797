using Decant.Cli.Output;

namespace Decant.Cli.Tests.Output;

public sealed class MeasureTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(999.7, "1 kB")]
    [InlineData(2_670_000, "2.7 MB")]
    [InlineData(999_960, "1 MB")]
    [InlineData(8_589_934_592, "8.6 GB")]
    public void Bytes_read_in_thousands(double bytes, string expected) => Assert.Equal(expected, Measure.Bytes(bytes));

    [Theory]
    [InlineData(0.4, "0:00")]
    [InlineData(185.4, "3:05")]
    [InlineData(3723, "1:02:03")]
    [InlineData(90061, "25:01:01")]
    public void A_length_reads_as_on_a_player(double seconds, string expected) =>
        Assert.Equal(expected, Measure.Length(TimeSpan.FromSeconds(seconds)));
}
