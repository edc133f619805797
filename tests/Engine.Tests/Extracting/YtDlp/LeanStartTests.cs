using System.Text.Json;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>A start of yt-dlp without what a look-up does not need (<c>worker/lean.py</c>).</summary>
public sealed class LeanStartTests
{
    [Fact]
    public async Task Ciphers_are_imported_when_they_are_used_and_yt_dlp_does_the_same_with_them()
    {
        var said = await CheckAsync();

        Assert.Equal(0, said.GetProperty("early").GetArrayLength());
        Assert.Equal("6bc1bee22e409f96e93d7e117393172a", said.GetProperty("opened").GetString());
        Assert.True(said.GetProperty("mac").GetBoolean());
        Assert.Equal(
            "[3,1,2,[1],[2]]",
            said.GetProperty("different").GetRawText().Replace(" ", "", StringComparison.Ordinal)
        );
        Assert.Equal(5, said.GetProperty("first").GetInt32());
    }

    [Fact]
    public async Task The_event_loop_of_a_downloader_is_imported_when_it_is_used()
    {
        var said = await CheckAsync();

        Assert.Equal(7, said.GetProperty("slept").GetInt32());
        Assert.True(said.GetProperty("loop").GetBoolean());
    }

    [Fact]
    public async Task Requests_is_left_out_where_yt_dlp_says_itself_that_it_is_too_old()
    {
        var said = await CheckAsync();

        var refused = said.GetProperty("refused");
        Assert.True(refused.GetProperty("older").GetBoolean());
        Assert.False(refused.GetProperty("that").GetBoolean());
        Assert.False(refused.GetProperty("newer").GetBoolean());
        Assert.False(refused.GetProperty("unsaid").GetBoolean());
        // yt-dlp sends by it exactly where it was not left out.
        var sendsByIt = said.GetProperty("senders").EnumerateArray().Any(sender => sender.GetString() == "Requests");
        Assert.False(sendsByIt && said.GetProperty("left_out").GetBoolean());
        Assert.Contains("Urllib", said.GetProperty("senders").EnumerateArray().Select(sender => sender.GetString()));
    }

    private static async Task<JsonElement> CheckAsync()
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
        return JsonDocument.Parse(lines[^1]).RootElement;
    }
}
