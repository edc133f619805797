using System.Text.Json;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>A start of yt-dlp without what a look-up does not need (<c>worker/lean.py</c>).</summary>
public sealed class LeanStartTests
{
    [Fact]
    public async Task Ciphers_are_imported_when_they_are_used_and_yt_dlp_does_the_same_with_them()
    {
        var lines = new List<string>();
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/python3",
                [
                    "-I",
                    "-B",
                    Path.Combine(AppContext.BaseDirectory, "lean_check.py"),
                    Path.Combine(AppContext.BaseDirectory, "worker"),
                ]
            )
            {
                Access = null,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );

        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        var said = JsonDocument.Parse(lines[^1]).RootElement;
        Assert.Equal(0, said.GetProperty("early").GetArrayLength());
        Assert.Equal("6bc1bee22e409f96e93d7e117393172a", said.GetProperty("opened").GetString());
        Assert.True(said.GetProperty("mac").GetBoolean());
        Assert.Equal(
            "[3,1,2,[1],[2]]",
            said.GetProperty("different").GetRawText().Replace(" ", "", StringComparison.Ordinal)
        );
        Assert.Equal(5, said.GetProperty("first").GetInt32());
    }
}
