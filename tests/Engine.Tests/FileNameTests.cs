using System.Text;

namespace Decant.Engine.Tests;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("Amazing Video Content")]
    [InlineData("Ёлки-палки, ещё раз!")]
    [InlineData("日本語のタイトル")]
    [InlineData("العنوان")]
    [InlineData("می‌خواهم")]
    [InlineData("Family 👨‍👩‍👧‍👦 & café")]
    [InlineData("100% – \"no\" 'quotes'", "100% – _no_ 'quotes'")]
    public void A_title_in_any_script_keeps_its_letters(string title, string? expected = null) =>
        Assert.Equal(expected ?? title, FileName.Clean(title));

    [Theory]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("..", "untitled")]
    [InlineData("/", "_")]
    [InlineData(@"C:\Windows\win.ini", "C__Windows_win.ini")]
    [InlineData(".bashrc", "bashrc")]
    public void No_part_of_a_path_survives(string title, string expected) =>
        Assert.Equal(expected, FileName.Clean(title));

    [Theory]
    [InlineData("one\r\ntwo\tthree", "one two three")]
    [InlineData("nul\0byte\u001b[31m", "nulbyte[31m")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("\uFEFFbom \u2066isolate\u2069 \u200Fmark", "bom isolate mark")]
    [InlineData("half \uD83D pair", "half pair")]
    [InlineData("line\u2028separator", "line separator")]
    public void Control_direction_and_broken_characters_are_left_out(string title, string expected) =>
        Assert.Equal(expected, FileName.Clean(title));

    [Theory]
    [InlineData("CON", "_CON")]
    [InlineData("nul.tar", "_nul.tar")]
    [InlineData("Com1 .x", "_Com1 .x")]
    [InlineData("LPT²", "_LPT²")]
    [InlineData("CONCERT", "CONCERT")]
    public void A_device_name_is_made_a_plain_one(string title, string expected) =>
        Assert.Equal(expected, FileName.Clean(title));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("...")]
    [InlineData("\u202E")]
    public void A_title_with_nothing_in_it_is_untitled(string title)
    {
        Assert.Equal("untitled", FileName.Clean(title));
        Assert.Equal("untitled.mp4", FileName.Clean(title, "mp4"));
    }

    [Fact]
    public void A_name_is_never_an_option() => Assert.Equal("_rf.mp4", FileName.Clean("-rf", "mp4"));

    [Theory]
    [InlineData("my_video.mp4", "my_video.mp4")]
    [InlineData("my_video.MP4", "my_video.mp4")]
    [InlineData("my_video", "my_video.mp4")]
    [InlineData("v1.2", "v1.2.mp4")]
    [InlineData("wait...", "wait.mp4")]
    public void The_extension_is_there_once(string title, string expected) =>
        Assert.Equal(expected, FileName.Clean(title, "mp4"));

    [Fact]
    public void A_long_title_is_cut_between_characters_and_keeps_its_extension()
    {
        var name = FileName.Clean(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 40)), "mp4");

        Assert.Equal(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 10)) + ".mp4", name);
    }

    [Fact]
    public void A_name_is_cut_again_where_the_cut_left_a_space()
    {
        var name = FileName.Clean(new string('a', 250) + " bcdef", "mp4");

        Assert.Equal(new string('a', 250) + ".mp4", name);
    }

    [Fact]
    public void Whatever_the_title_the_name_fits_and_is_one_name()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 2000; round++)
        {
            var title = string.Create(
                random.Next(400),
                random,
                static (span, source) =>
                {
                    foreach (ref var letter in span)
                    {
                        letter = (char)(source.Next(4) == 0 ? source.Next(0x80) : source.Next(0x10000));
                    }
                }
            );

            var name = FileName.Clean(title, "webm");

            Assert.InRange(Encoding.UTF8.GetByteCount(name), 6, FileName.MaxBytes);
            Assert.Equal(name, Path.GetFileName(name));
            Assert.DoesNotContain(name, char.IsControl);
            Assert.Equal(name, FileName.Clean(name, "webm"));
        }
    }
}
