namespace Decant.Engine.Tests.Fidelity;

public sealed class FidelityTableTests
{
    [Fact]
    public void A_row_is_read_as_it_was_written()
    {
        var row = new FidelityRow("Kind", "a case", "h264 0.00–5.00 s (125); aac", "source_failed: “it ends”");

        Assert.Equal(row, FidelityRow.TryRead("Kind", row.ToString()));
        Assert.Null(FidelityRow.TryRead("Kind", FidelityRow.Heading.Split('\n')[0]));
        Assert.Null(FidelityRow.TryRead("Kind", "|---|---|---|"));
    }
}
