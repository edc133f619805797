using System.Text.Json;
using Decant.Cli.Tests.Script;

namespace Decant.Cli.Tests.Running;

[Long]
public sealed class GetTests(CommandTestsLab lab) : IClassFixture<CommandTestsLab>, IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_comes_out_and_stdout_says_only_where_it_is()
    {
        var end = await GetAsync("media/small.mp4");

        Assert.Equal((0, Path.Combine(_folder.Path, "small.mp4") + "\n"), (end.Code, end.Output));
        Assert.Equal("h264,aac", await CodecsAsync("small.mp4"));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Json_says_what_was_made_and_of_what()
    {
        var end = await GetAsync("media/small.mp4", "-f", "mp3", "-o", "made.mp3", "--json");

        using var report = JsonDocument.Parse(end.Output);
        Assert.Equal("made.mp3", Path.GetFileName(report.RootElement.GetProperty("path").GetString()));
        Assert.Equal("mp3", report.RootElement.GetProperty("audio_codec").GetString());
        Assert.Equal("small", report.RootElement.GetProperty("info").GetProperty("title").GetString());
        Assert.Equal("mp3", await CodecsAsync("made.mp3"));
    }

    [Fact]
    public async Task A_name_says_the_format_where_nothing_else_does()
    {
        var end = await GetAsync("media/small.mp4", "-o", "song.ogg");

        Assert.Equal(0, end.Code);
        Assert.Equal("vorbis", await CodecsAsync("song.ogg"));
    }

    [Theory]
    [InlineData("sound", "small.m4a", "aac")]
    [InlineData("MP3", "small.mp3", "mp3")]
    [InlineData("everywhere", "small.mp4", "h264,aac")]
    public async Task A_preset_says_what_to_make(string preset, string file, string codecs)
    {
        var end = await GetAsync("media/small.mp4", "--preset", preset);

        Assert.Equal((0, Path.Combine(_folder.Path, file) + "\n"), (end.Code, end.Output));
        Assert.Equal(codecs, await CodecsAsync(file));
    }

    [Fact]
    public async Task Options_beside_a_preset_win_and_an_unknown_one_is_named()
    {
        var other = await GetAsync("media/small.mp4", "--preset", "mp3", "-f", "wav", "-o", "made.wav");
        var unknown = await GetAsync("media/small.mp4", "--preset", "mine");

        Assert.Equal(0, other.Code);
        Assert.StartsWith("pcm", await CodecsAsync("made.wav"), StringComparison.Ordinal);
        Assert.Equal(2, unknown.Code);
        Assert.Contains("no preset 'mine'", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subtitles_lie_beside_the_file_under_its_name_and_their_language()
    {
        var end = await DecantProcess.RunAsync(
            _folder.Path,
            [
                "get",
                "https://www.youtube.com/watch?v=clisubs0001",
                "--proxy",
                lab.Internet.Proxy.ToString(),
                "--ca-file",
                lab.Internet.CaFile,
                "-f",
                "mp3",
                "-o",
                "talk.mp3",
                "--subtitles",
                "en,fr",
                "--subtitles-format",
                "vtt",
                "--json",
            ]
        );

        Assert.Equal(0, end.Code);
        Assert.Equal(
            ["talk.en.vtt", "talk.fr.vtt", "talk.mp3"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        using var report = JsonDocument.Parse(end.Output);
        var second = report.RootElement.GetProperty("subtitles")[1];
        Assert.Equal(
            ("fr", true),
            (second.GetProperty("language").GetString(), second.GetProperty("automatic").GetBoolean())
        );
    }

    [Fact]
    public async Task A_dash_sends_the_file_itself_to_stdout()
    {
        var end = await Shell.RunAsync(
            "sh",
            "-c",
            "\"$1\" get \"$2\" --allow-network 127.0.0.0/8 -f wav -o - 2>/dev/null | head -c 4",
            "sh",
            Path.Combine(AppContext.BaseDirectory, "decant"),
            At("media/small.mp4")
        );

        Assert.Equal("RIFF", end.Output);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_leaves_nothing_behind(string signal, int code)
    {
        using var decant = DecantProcess.Start(
            _folder.Path,
            ["get", At("media/small.mp4?rate=5000&head=100000"), "--allow-network", "127.0.0.0/8"]
        );
        await decant.ReadUntilAsync("downloading");
        var children = decant.Children();

        await Shell.RunAsync("sh", "-c", $"kill -{signal} {decant.Id}");
        var end = await decant.EndAsync();

        Assert.Equal((code, ""), (end.Code, end.Output));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        Assert.NotEmpty(children);
        // Some end because their parent has, a moment later.
        await Task.WhenAll(children.Select(DecantProcess.EndOfAsync));
    }

    [Theory]
    [InlineData("media/nothing-of-that-name.mp4", 4, "content_not_found")]
    [InlineData("page/none", 2, "unsupported_url")]
    public async Task A_failure_is_one_line_with_its_code_and_leaves_nothing(string path, int code, string error)
    {
        var end = await GetAsync(path);

        Assert.Equal((code, ""), (end.Code, end.Output));
        Assert.Contains($"decant: {error}: ", end.Error.Split('\n')[^2]);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task An_address_of_this_machine_is_refused_until_it_is_allowed()
    {
        var end = await DecantProcess.RunAsync(_folder.Path, "get", At("media/small.mp4"));

        Assert.Equal(4, end.Code);
        Assert.Contains("--allow-network", end.Error);
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    [InlineData("https://example.org/", "-f", "exe")]
    [InlineData("https://example.org/", "-f", "mp3", "-q", "720p")]
    [InlineData("https://example.org/", "--proxy", "nowhere")]
    [InlineData("https://example.org/", "--allow-network", "everything")]
    [InlineData("https://example.org/", "-o", "-", "--json")]
    [InlineData("https://example.org/", "-o", "no/such/directory/file.mp4")]
    [InlineData("https://example.org/", "-o", "song.ogg", "-f", "mp4")]
    [InlineData("https://example.org/", "-o", "film.mp4", "--audio-only")]
    [InlineData("https://example.org/", "-o", "song.wma")]
    [InlineData("https://example.org/", "-o", "film.jpg", "-f", "mp4")]
    [InlineData("https://example.org/", "--max-duration", "0")]
    [InlineData("https://example.org/", "--no-such-option")]
    [InlineData("https://example.org/", "-f", "mp3", "--subtitles", "en", "--subtitles-mode", "embed")]
    [InlineData("https://example.org/", "--subtitles-mode", "files")]
    [InlineData("https://example.org/", "-o", "-", "-f", "mp3", "--subtitles", "en")]
    public async Task A_bad_request_is_known_before_anything_is_fetched(params string[] arguments)
    {
        var end = await DecantProcess.RunAsync(_folder.Path, ["get", .. arguments]);

        Assert.Equal((2, ""), (end.Code, end.Output));
        Assert.StartsWith("decant: ", end.Error);
        Assert.DoesNotContain("   at ", end.Error);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_read_is_named()
    {
        var decant = Path.Combine(AppContext.BaseDirectory, "decant");

        var end = await Shell.RunAsync("env", "Limits__MaxBytes=many", decant, "get", "https://example.org/");

        Assert.Equal((2, ""), (end.Code, end.Output));
        Assert.Contains("Limits:MaxBytes", end.Error);
        Assert.DoesNotContain("   at ", end.Error);
    }

    private string At(string path) => new Uri(lab.Internet.Origin, path).ToString();

    private Task<ProcessEnd> GetAsync(string path, params string[] arguments) =>
        DecantProcess.RunAsync(_folder.Path, ["get", At(path), "--allow-network", "127.0.0.0/8", .. arguments]);

    private async Task<string> CodecsAsync(string name)
    {
        var probe = await Shell.RunAsync(
            "ffprobe",
            ["-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", Path.Combine(_folder.Path, name)]
        );
        return probe.Output.Replace('\n', ',');
    }
}
