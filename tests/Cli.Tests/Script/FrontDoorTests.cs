namespace Decant.Cli.Tests.Script;

public sealed class FrontDoorTests : IDisposable
{
    private static readonly string Decant = Path.Combine(Shell.Root, "decant");

    private readonly TestFolder _elsewhere = new();

    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task Help_goes_to_stdout_and_needs_nothing()
    {
        var result = await Shell.RunAsync("env", "-i", "PATH=/usr/bin:/bin", Decant, "help");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("./decant serve", result.Output);
    }

    [Fact]
    public async Task A_word_it_does_not_know_is_a_bad_request_on_stderr()
    {
        var result = await Shell.RunAsync(Decant, "fetch");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.EndsWith("decant: there is no command 'fetch'", result.Error);
    }

    [Fact]
    public async Task It_finds_its_house_through_symbolic_links_and_spaces()
    {
        var spaced = Directory.CreateSymbolicLink(Path.Combine(_elsewhere.Path, "a house"), Shell.Root).FullName;
        var link = Path.Combine(_elsewhere.Path, "my decant");
        File.CreateSymbolicLink(link, Path.Combine(spaced, "decant"));

        var result = await Shell.RunAsync("env", "-C", "/", link, "help");

        Assert.Equal((0, ""), (result.Code, result.Error));
    }

    [Fact]
    public async Task Without_the_SDK_it_says_what_to_run_and_ends_with_3()
    {
        var result = await Shell.RunAsync(
            "sh",
            "-euc",
            $"""
            say() ( echo "decant: $*" >&2 )
            die() ( code=$1; shift; say "$*"; exit "$code" )
            root='{Shell.Root}'
            . "$root/scripts/build.sh"
            sdk_major=99
            need_dotnet
            """
        );

        Assert.Equal(3, result.Code);
        Assert.Contains("dotnet-install.sh", result.Error);
    }
}
