namespace Decant.Cli.Tests.Script;

/// <summary>What <c>./decant update</c> would do; nothing is installed.</summary>
public sealed class UpdateTests : IDisposable
{
    private const string Apt = "/usr/lib/python3/dist-packages/yt_dlp/version.py";

    private readonly TestFolder _machine = new();

    public UpdateTests()
    {
        _machine.Write("sources.list", "deb http://mirror.example/debian bookworm main\n");
        _machine.Write("debian-12", "ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\n");
        _machine.Write("debian-14", "ID=debian\nVERSION_ID=14\nVERSION_CODENAME=forky\n");
        _machine.Write("fedora", "ID=fedora\nVERSION_ID=44\n");
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task On_Debian_12_it_is_apt_with_one_pinned_package_of_the_one_suite()
    {
        var plan = await StepsAsync("debian-12", Apt);

        Assert.Contains("URIs: http://mirror.example/debian", plan);
        Assert.Contains("Package: yt-dlp\nPin: release n=trixie-backports\nPin-Priority: 600", plan);
        Assert.Contains("apt-get -qq update", plan);
        Assert.EndsWith("install --yes --no-install-recommends yt-dlp", plan);
    }

    [Fact]
    public async Task On_a_later_Debian_it_is_apt_alone()
    {
        var plan = await StepsAsync("debian-14", Apt);

        Assert.StartsWith("apt-get -qq update", plan);
        Assert.DoesNotContain("sources.list.d", plan);
    }

    [Theory]
    [InlineData("fedora", Apt)]
    [InlineData("debian-12", "/usr/local/lib/python3.11/dist-packages/yt_dlp/version.py")]
    public async Task What_pip_brought_and_other_systems_are_pips(string system, string file) =>
        Assert.Equal("/usr/bin/python3 -m pip install --upgrade 'yt-dlp[default]'", await StepsAsync(system, file));

    [Fact]
    public async Task A_folder_of_the_operators_own_is_brought_up_to_date_where_it_is() =>
        Assert.Equal(
            "/usr/bin/python3 -m pip install --upgrade --target '/srv/an extractor' 'yt-dlp[default]'",
            await StepsAsync("debian-12", Apt, "Extractor__Folder='/srv/an extractor'")
        );

    [Theory]
    [InlineData("2026.10.26", "2026.10.26", "yt-dlp 2026.10.26 is already the newest that this machine's sources have")]
    [InlineData("2026.10.26", "2026.11.20", "yt-dlp 2026.11.20 is here now, and was 2026.10.26; a server that runs")]
    [InlineData("", "2026.11.20", "yt-dlp 2026.11.20 is here now; a server that runs")]
    public async Task It_says_what_has_changed(string before, string after, string said) =>
        Assert.StartsWith(said, (await UpdateAsync($"update_outcome '{before}' '{after}'")).Output);

    [Fact]
    public async Task Where_it_may_not_it_prints_what_to_run_and_ends_with_3()
    {
        var result = await UpdateAsync($"os_release='{_machine.Path}/fedora'; run_update");

        Assert.Equal((3, ""), (result.Code, result.Output));
        Assert.Contains("decant: yt-dlp 20", result.Error);
        Assert.EndsWith("\n/usr/bin/python3 -m pip install --upgrade 'yt-dlp[default]'", result.Error);
    }

    [Fact]
    public async Task It_takes_no_arguments()
    {
        var result = await Shell.RunAsync(Path.Combine(Shell.Root, "decant"), "update", "yt-dlp==2020.1.1");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Equal("decant: update takes no arguments, and got 'yt-dlp==2020.1.1'", result.Error);
    }

    private async Task<string> StepsAsync(string system, string file, string setting = ":")
    {
        var result = await UpdateAsync(
            $". '{_machine.Path}/{system}'; apt_folder='{_machine.Path}'; ytdlp_file='{file}'; {setting}; update_steps"
        );
        Assert.Equal((0, ""), (result.Code, result.Error));
        return result.Output;
    }

    private static Task<ShellResult> UpdateAsync(string script) =>
        Shell.MachineAsync(
            $$"""
            say() ( echo "decant: $*" >&2 )
            die() { code=$1; shift; say "$*"; exit "$code"; }
            . '{{Shell.Root}}/scripts/update.sh'
            {{script}}
            """
        );
}
