using Decant.Cli.Tests.Script;

namespace Decant.Cli.Tests.Running;

/// <summary>The start of commands that are over within a second (ADR 0070).</summary>
public sealed class QuickStartTests(CommandTestsLab lab) : IClassFixture<CommandTestsLab>, IDisposable
{
    private const string Page = "https://www.youtube.com/watch?v=jNQXAC9IVRw";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_run_notes_what_it_compiled_and_the_next_leaves_that_as_it_is()
    {
        var first = await GetAsync("one.m4a", _folder.Path);
        var notes = Assert.Single(NotesIn("start-get-page-*"));
        var written = File.GetLastWriteTimeUtc(notes);
        var second = await GetAsync("two.m4a", _folder.Path);

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.EndsWith("two.m4a", second.Output, StringComparison.Ordinal);
        Assert.Equal([notes], NotesIn("start-get-page-*"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(notes));
    }

    [Fact]
    public async Task Notes_that_are_a_day_old_are_written_again_and_those_of_another_build_go()
    {
        await GetAsync("one.m4a", _folder.Path);
        var notes = Assert.Single(NotesIn("start-get-page-*"));
        var old = TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromDays(2);
        File.SetLastWriteTimeUtc(notes, old);
        await GetAsync("two.m4a", _folder.Path);
        Assert.NotEqual(old, File.GetLastWriteTimeUtc(notes));

        File.Move(notes, Path.Combine(Path.GetDirectoryName(notes)!, "start-get-page-of-another-build"));
        await GetAsync("three.m4a", _folder.Path);

        Assert.Equal([notes], NotesIn("start-get-page-*"));
    }

    [Fact]
    public async Task Notes_that_are_none_are_none()
    {
        await GetAsync("one.m4a", _folder.Path);
        var notes = Assert.Single(NotesIn("start-get-page-*"));
        await File.WriteAllTextAsync(notes, "no notes", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await GetAsync("two.m4a", _folder.Path)).Code);
    }

    [Fact]
    public async Task Without_a_place_for_notes_nothing_is_noted()
    {
        Assert.Equal(0, (await GetAsync("one.m4a", "/proc/nowhere")).Code);
    }

    [Fact]
    public async Task A_file_that_holds_no_certificate_is_named_with_its_setting()
    {
        var file = Path.Combine(_folder.Path, "ca.pem");
        await File.WriteAllTextAsync(file, "none", TestContext.Current.CancellationToken);

        var end = await DecantProcess.RunAsync(
            _folder.Path,
            ["get", Page, "--proxy", lab.Internet.Proxy.ToString(), "--ca-file", file]
        );

        Assert.Equal((2, ""), (end.Code, end.Output));
        Assert.Contains($"Egress__CaFile: '{file}'", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
    }

    private string[] NotesIn(string pattern) => Directory.GetFiles(Path.Combine(_folder.Path, "decant"), pattern);

    private Task<ShellResult> GetAsync(string name, string cache) =>
        Shell.RunAsync(
            "env",
            [
                $"XDG_CACHE_HOME={cache}",
                $"XDG_RUNTIME_DIR={_folder.Path}",
                Path.Combine(AppContext.BaseDirectory, "decant"),
                "get",
                Page,
                "-f",
                "m4a",
                "-o",
                Path.Combine(_folder.Path, name),
                "--proxy",
                lab.Internet.Proxy.ToString(),
                "--ca-file",
                lab.Internet.CaFile,
            ]
        );
}
