using Decant.Server.Files;

namespace Decant.Server.Tests.Files;

public sealed class ByteRangesTests
{
    [Theory]
    [InlineData("bytes=0-9", "0-9")]
    [InlineData("bytes=90-", "90-99")]
    [InlineData("bytes=-10", "90-99")]
    [InlineData("bytes=-1000", "0-99")]
    [InlineData("bytes=50-1000", "50-99")]
    [InlineData("bytes=0-0,99-99", "0-0,99-99")]
    [InlineData("bytes=99-99,0-0", "99-99,0-0")]
    [InlineData("bytes=0-50,40-60", "0-60")]
    [InlineData("bytes=0-9,200-300", "0-9")]
    [InlineData("bytes=100-", "")]
    [InlineData("bytes=-0", "")]
    public void What_is_asked_for_is_read(string header, string parts) =>
        Assert.Equal(
            parts,
            string.Join(',', ByteRanges.Read(header, 100)!.Parts.Select(part => $"{part.From}-{part.To}"))
        );

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=9-0")]
    [InlineData("bytes=a-b")]
    [InlineData("lines=0-9")]
    public void What_is_not_understood_is_ignored(string? header) => Assert.Null(ByteRanges.Read(header, 100));

    [Fact]
    public void A_request_for_hundreds_of_parts_is_ignored() =>
        Assert.Null(
            ByteRanges.Read(
                "bytes=" + string.Join(',', Enumerable.Range(0, 300).Select(at => $"{at * 2}-{at * 2}")),
                1000
            )
        );
}
