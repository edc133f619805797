using Decant.Engine.Children;
using Decant.Engine.Converting;

namespace Decant.Engine.Tests;

public sealed class CompositionTests
{
    [Theory]
    [InlineData("Cafe\u0301", "Caf\u00e9")]
    [InlineData("Vie\u0323\u0302t", "Vi\u1ec7t")]
    [InlineData("Vie\u0302\u0323t", "Vi\u1ec7t")]
    [InlineData("Vi\u00ea\u0323t", "Vi\u1ec7t")]
    [InlineData("\u304b\u3099", "\u304c")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\ud558\u11ab", "\ud55c")]
    [InlineData("a\u0305\u0301", "a\u0305\u0301")]
    [InlineData("\ud83c\udfb5 e\u0308", "\ud83c\udfb5 \u00eb")]
    public void A_letter_and_its_marks_are_one_character(string text, string composed)
    {
        Assert.Equal(composed, Composition.Compose(text));
        Assert.Equal($"{composed}.mp4", FileName.Clean(text, "mp4"));
    }

    [Fact]
    public async Task It_is_what_Python_composes()
    {
        const string Script = """
            import unicodedata as u
            for code in range(0xA0, 0xD7A4):
                c = chr(code)
                if u.decomposition(c)[:1] != "<" and u.normalize("NFC", c) == c and u.normalize("NFD", c) != c:
                    print(u.normalize("NFD", c), c)
            """;
        var wrong = new List<string>();
        var read = 0;

        await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/python3", ["-X", "utf8", "-c", Script])
            {
                Access = null,
                OnLine = line =>
                {
                    read++;
                    if (line.Split(' ') is not [var apart, var one] || Composition.Compose(apart) != one)
                        wrong.Add(line);
                },
            },
            TestContext.Current.CancellationToken
        );

        Assert.InRange(read, 12_000, 13_000);
        Assert.Empty(wrong);
    }
}
