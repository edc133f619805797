using System.Text;
using Decant.Engine.Fetching;

namespace Decant.Engine.Tests.Fetching;

public sealed class ContentDispositionTests
{
    [Theory]
    [InlineData("attachment; filename=song.mp3", "song")]
    [InlineData("attachment; filename=\"a song; of two.mp3\"", "a song; of two")]
    [InlineData("attachment; filename=a song of two.mp3", "a song of two")]
    [InlineData("attachment; filename='a song.mp3'", "a song")]
    [InlineData("attachment; filename=\"never closed.mp3", "never closed")]
    [InlineData("attachment; filename=\"say \\\"hi\\\".mp3\"", "say \"hi\"")]
    [InlineData("attachment; FILENAME = \"loud.mp3\"", "loud")]
    [InlineData("filename=bare.mp3", "bare")]
    [InlineData("attachment; filename=\"C:\\music\\song.mp3\"", "song")]
    [InlineData("attachment; filename=\"../../etc/song.mp3\"", "song")]
    [InlineData("attachment; filename=\"Vol. 2\"", "Vol. 2")]
    [InlineData("attachment; filename=\"100% pure.mp3\"", "100% pure")]
    [InlineData("attachment; filename=\"EURO.mp3\"; filename*=UTF-8''%e2%82%ac%20rates.mp3", "€ rates")]
    [InlineData("attachment; filename*=UTF-8'en'%c3%bcbung.mp3; filename=\"u.mp3\"", "übung")]
    [InlineData("attachment; filename*=iso-8859-1''%fcbung.mp3", "übung")]
    [InlineData("attachment; filename*=\"UTF-8''%C3%BCbung.mp3\"", "übung")]
    [InlineData("attachment; filename=\"%C3%BCbung.mp3\"", "übung")]
    [InlineData("attachment; filename=\"=?UTF-8?B?w7xidW5nLm1wMw==?=\"", "übung")]
    [InlineData("attachment; filename*=UTF-8''be%00fo%1Bre%0Ano.mp3", "beforeno")]
    [InlineData("attachment", null)]
    [InlineData("attachment; filename=\"\"", null)]
    [InlineData("attachment; filename=\".mp3\"", null)]
    [InlineData("attachment; filename*=UTF-8''; filename=\"song.mp3\"", "song")]
    public void A_name_is_read_as_browsers_read_it(string field, string? title) =>
        Assert.Equal(title, ContentDisposition.ReadTitle(field));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-1")]
    public void Bytes_that_no_field_may_have_are_read_in_the_encoding_they_are_in(string encoding)
    {
        var wire = Encoding.GetEncoding(encoding).GetBytes("attachment; filename=\"übung é.mp3\"");

        Assert.Equal("übung é", ContentDisposition.ReadTitle(Encoding.Latin1.GetString(wire)));
    }
}
