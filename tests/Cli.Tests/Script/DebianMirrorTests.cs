namespace Decant.Cli.Tests.Script;

public sealed class DebianMirrorTests : IDisposable
{
    private readonly TestFolder _apt = new();

    public void Dispose() => _apt.Dispose();

    [Fact]
    public async Task One_line_sources_give_the_address_of_the_releases_main_component()
    {
        _apt.Write(
            "sources.list",
            """
            # deb http://commented.example/debian bookworm main
            deb cdrom:[Debian GNU/Linux 12.5.0 _Bookworm_]/ bookworm main
            deb-src http://source.example/debian bookworm main
            deb http://security.example/debian-security bookworm-security main
            deb http://nonfree.example/debian bookworm contrib non-free # main
              deb [ arch=amd64 signed-by=/a/key.gpg ] http://right.example/debian/ bookworm contrib main
            deb http://later.example/debian bookworm main
            """
        );

        await AssertMirrorAsync("http://right.example/debian/");
    }

    [Fact]
    public async Task Stanza_sources_give_it_too()
    {
        _apt.Write(
            "sources.list.d/debian.sources",
            """
            # The whole file's comment
            Types: deb
            URIs: http://off.example/debian
            Suites: bookworm
            Components: main
            Enabled: no

            Types: deb-src
            URIs: http://source.example/debian
            Suites: bookworm
            Components: main

            Types: deb deb-src
            # a comment inside a stanza
            URIs:
             https://right.example/debian
             https://second.example/debian
            Suites: bookworm-updates
              bookworm
            Components:	contrib main
            Signed-By:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             mDMEY865UxYJKwYBBAHaRw8BAQdAd7Z0srwuhlB6JKFkcf4HU4SSS
            """
        );

        await AssertMirrorAsync("https://right.example/debian");
    }

    [Fact]
    public async Task A_list_of_mirrors_is_an_address_like_any_other()
    {
        _apt.Write("sources.list", "");
        _apt.Write(
            "sources.list.d/cloud.sources",
            "Types: deb\nURIs: mirror+file:/etc/apt/mirrors/debian.list\nSuites: bookworm bookworm-updates\nComponents: main"
        );

        await AssertMirrorAsync("mirror+file:/etc/apt/mirrors/debian.list");
    }

    [Fact]
    public async Task Sources_of_another_release_give_nothing()
    {
        _apt.Write("sources.list", "deb http://old.example/debian bullseye main");

        await AssertMirrorAsync("");
    }

    private async Task AssertMirrorAsync(string expected)
    {
        var result = await Shell.MachineAsync($"debian_mirror bookworm '{_apt.Path}'");

        Assert.Equal(new ShellResult(0, expected, ""), result);
    }
}
