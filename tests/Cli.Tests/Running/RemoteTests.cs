using System.Text.Json;
using Decant.Cli.Tests.Script;
using Microsoft.AspNetCore.Builder;

namespace Decant.Cli.Tests.Running;

/// <summary><c>decant login</c> and <c>get --remote</c>, against a server.</summary>
public sealed class RemoteTests(CommandTestsLab lab) : IClassFixture<CommandTestsLab>, IAsyncLifetime
{
    private const string Key = "ap_test_key_of_the_administrator";

    private static readonly string Decant = Path.Combine(AppContext.BaseDirectory, "decant");

    private readonly TestFolder _folder = new();
    private readonly TestFolder _data = new();
    private WebApplication _server = null!;

    private string Address => _server.Urls.Single();

    private string LoginFile => Path.Combine(_folder.Path, "config", "decant", "login.json");

    public async ValueTask InitializeAsync()
    {
        _server = NewServer();
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _folder.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task A_login_is_kept_for_its_owner_alone_and_brings_files_from_the_server()
    {
        var login = await RunAsync($"echo {Key} | \"$1\" login {Address}");
        var get = await RunAsync($"\"$1\" get '{At("media/small.mp4?remote")}' --remote -o song.mp3");

        Assert.Equal((0, ""), (login.Code, login.Output));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LoginFile));
        Assert.Equal((0, Path.Combine(_folder.Path, "song.mp3")), (get.Code, get.Output));
        var probe = await Shell.RunAsync(
            "ffprobe",
            [
                "-v",
                "error",
                "-show_entries",
                "stream=codec_name",
                "-of",
                "csv=p=0",
                Path.Combine(_folder.Path, "song.mp3"),
            ]
        );
        Assert.Equal("mp3", probe.Output.Split('\n')[0]);
    }

    [Fact]
    public async Task A_key_that_the_server_does_not_know_is_not_kept()
    {
        var login = await RunAsync($"echo ap_nobodys_key | \"$1\" login {Address}");

        Assert.Equal(2, login.Code);
        Assert.Contains("unauthenticated", login.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(LoginFile));
    }

    [Fact]
    public async Task A_login_without_a_key_says_so_and_keeps_nothing()
    {
        var login = await RunAsync($": | \"$1\" login {Address}");

        Assert.Equal(2, login.Code);
        Assert.StartsWith("decant: no key was given", login.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(LoginFile));
    }

    [Fact]
    public async Task A_remote_preset_is_one_of_the_accounts_own()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        http.DefaultRequestHeaders.Add("X-API-Key", Key);
        using var preset = new StringContent("""{"format": "flac"}""", System.Text.Encoding.UTF8, "application/json");
        (
            await http.PutAsync("/api/v1/presets/mine", preset, TestContext.Current.CancellationToken)
        ).EnsureSuccessStatusCode();

        var end = await RunAsync(
            $"DECANT_KEY={Key} \"$1\" get '{At("media/small.mp4?preset")}' --preset mine --remote {Address}"
        );

        Assert.Equal((0, Path.Combine(_folder.Path, "small.flac")), (end.Code, end.Output));
    }

    [Fact]
    public async Task Of_several_remote_media_each_is_told_in_a_line_of_JSON_and_failures_are_counted()
    {
        var end = await RunAsync(
            $"DECANT_KEY={Key} \"$1\" get '{At("media/small.mp4?several")}' '{At("page/none")}' -f m4a --json --remote {Address}/api/v1"
        );

        Assert.Equal(11, end.Code);
        var report = JsonDocument.Parse(Assert.Single(end.Output.Split('\n'))).RootElement;
        Assert.Equal("m4a", report.GetProperty("format").GetString());
        Assert.True(File.Exists(report.GetProperty("path").GetString()));
        Assert.Contains("unsupported_url", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_it_says_how_to_get_one()
    {
        var end = await RunAsync($"\"$1\" get '{At("media/small.mp4")}' --remote {Address}");

        Assert.Equal(2, end.Code);
        Assert.Contains("decant login", end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _decant decant")]
    [InlineData("zsh", "#compdef decant")]
    [InlineData("fish", "complete -c decant")]
    public async Task Shells_get_a_script_that_completes_its_words(string shell, string expected)
    {
        var script = await RunAsync($"\"$1\" completion {shell}");

        Assert.Equal(0, script.Code);
        Assert.Contains(expected, script.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decant get --form", "--format")]
    [InlineData("decant get -f mk", "mkv")]
    [InlineData("decant get --preset every", "everywhere")]
    [InlineData("decant get -q 10", "1080p")]
    public async Task Words_are_completed_in_bash(string line, string expected)
    {
        var end = await Shell.RunAsync(
            "bash",
            "-c",
            """
            source <("$1" completion bash)
            COMP_LINE=$2 COMP_POINT=${#2}
            _decant "$1"
            printf '%s\n' "${COMPREPLY[@]}"
            """,
            "bash",
            Decant,
            line
        );

        Assert.Contains(expected, end.Output.Split('\n'));
    }

    private WebApplication NewServer() =>
        Server.Program.Build([
            "--urls=http://127.0.0.1:0",
            $"--data={_data.Path}",
            $"--Accounts:BootstrapKey={Key}",
            "--Egress:AllowedNetworks:0=127.0.0.0/8",
            $"--Egress:Proxy={lab.Internet.Proxy}",
            $"--Egress:CaFile={lab.Internet.CaFile}",
            "--Extractor:WarmUp=false",
        ]);

    private string At(string path) => new Uri(lab.Internet.PublicOrigin, path).ToString();

    private Task<ShellResult> RunAsync(string line) =>
        Shell.RunAsync(
            "env",
            "-u",
            "DECANT_KEY",
            "-C",
            _folder.Path,
            $"XDG_CONFIG_HOME={Path.Combine(_folder.Path, "config")}",
            "sh",
            "-c",
            line,
            "sh",
            Decant
        );
}
