using Decant.Cli.Getting;
using Decant.Engine.Errors;

namespace Decant.Cli.Tests;

public sealed class MistypedOptionTests
{
    [Theory]
    [InlineData("--frmat", "did you mean '--format'?")]
    [InlineData("--audioonly", "did you mean '--audio-only'?")]
    [InlineData("--zzzzzzzzzzz", "`decant get --help` lists them")]
    public void An_option_that_there_is_not_is_called_so_and_not_an_address(string word, string hint)
    {
        var refusal = Assert.Throws<MediaException>(() => UrlList.Read([word, "https://example.org/"], null));

        Assert.Equal(MediaError.InvalidRequest, refusal.Error);
        Assert.Contains($"there is no option '{word}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(hint, refusal.Message, StringComparison.Ordinal);
    }
}
