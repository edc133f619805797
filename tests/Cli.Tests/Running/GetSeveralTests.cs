using System.Text.Json;

namespace Decant.Cli.Tests.Running;

/// <summary><c>decant get</c> of several media: addresses, lists, files of addresses.</summary>
public sealed class GetSeveralTests(CommandTestsLab lab) : IClassFixture<CommandTestsLab>, IDisposable
{
    private const string Set = "https://soundcloud.com/decantlab/sets/lab-set-7";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_fails_of_several_stops_none_of_the_others_and_the_exit_code_counts_it()
    {
        var end = await GetAsync(
            At("media/small.mp4?one"),
            At("media/nothing-of-that-name.mp4"),
            At("page/none"),
            "-f",
            "m4a"
        );

        Assert.Equal(12, end.Code);
        Assert.Equal(["small.m4a"], FileNames());
        Assert.Equal(Path.Combine(_folder.Path, "small.m4a") + "\n", end.Output);
        Assert.Contains("nothing-of-that-name.mp4: content_not_found: ", end.Error, StringComparison.Ordinal);
        Assert.EndsWith("decant: 1 of 3 fetched, 2 failed\n", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_pick_entries_of_a_list_and_an_archive_remembers_them()
    {
        string[] request = [Set, "-f", "mp3", "--archive", "fetched.txt"];

        var first = await GetAsync([.. request, "--items", "1-2"]);
        var again = await GetAsync([.. request, "--items", "1-3,99", "--force"]);

        Assert.Equal((0, 2), (first.Code, first.Output.Split('\n').Length - 1));
        Assert.Equal((0, 1), (again.Code, again.Output.Split('\n').Length - 1));
        Assert.EndsWith("decant: 1 of 3 fetched, 2 fetched before\n", again.Error, StringComparison.Ordinal);
        Assert.Contains(
            "decant: --items 99 reaches beyond the list, which has ",
            again.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("reaches", first.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["soundcloud 2001", "soundcloud 2002", "soundcloud 2003"],
            (
                await File.ReadAllLinesAsync(
                    Path.Combine(_folder.Path, "fetched.txt"),
                    TestContext.Current.CancellationToken
                )
            ).Order()
        );
    }

    [Fact]
    public async Task A_file_names_further_addresses_and_reports_are_lines_of_JSON()
    {
        _folder.Write("list.txt", $"# what I want\n\n{At("media/small.mp4?batch")}\n");

        var end = await GetAsync(At("media/noise.mp4"), "--batch", "list.txt", "-f", "m4a", "--json", "--at-once", "1");

        Assert.True(end.Code is 0 or 11, end.Error);
        Assert.All(
            end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Equal("m4a", JsonDocument.Parse(line).RootElement.GetProperty("format").GetString())
        );
        var progress = end
            .Error.Split('\n')
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.NotEmpty(progress);
        Assert.All(progress, line => Assert.InRange(line.GetProperty("progress").GetDouble(), 0, 100));
        Assert.Contains(
            progress,
            line => line.GetProperty("name").GetString()!.StartsWith("2/2 ", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("--items", "0")]
    [InlineData("--items", "5-2")]
    [InlineData("--items", "a")]
    [InlineData("--at-once", "0")]
    [InlineData("-o", "one.mp4", "https://example.org/another")]
    [InlineData("--batch", "/no/such/file")]
    public async Task What_several_cannot_have_is_refused_before_anything_is_fetched(params string[] arguments)
    {
        var end = await GetAsync([At("media/small.mp4"), .. arguments]);

        Assert.True(end.Code is 1 or 2, end.Error);
        Assert.Equal("", end.Output);
        Assert.Empty(FileNames());
    }

    [Fact]
    public async Task A_bad_argument_is_answered_before_any_engine_starts()
    {
        // An engine would refuse the folder, which has no extractor.
        var end = await Script.Shell.RunAsync(
            "env",
            $"Extractor__Folder={_folder.Path}",
            Path.Combine(AppContext.BaseDirectory, "decant"),
            "get",
            "https://example.org/",
            "-f",
            "exe"
        );

        Assert.Equal(2, end.Code);
        Assert.Contains("unknown_format", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Extractor__Folder", end.Error, StringComparison.Ordinal);
    }

    private string At(string path) => new Uri(lab.Internet.Origin, path).ToString();

    private IEnumerable<string> FileNames() =>
        Directory
            .GetFileSystemEntries(_folder.Path)
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal);

    private Task<ProcessEnd> GetAsync(params string[] arguments) =>
        DecantProcess.RunAsync(
            _folder.Path,
            [
                "get",
                "--proxy",
                lab.Internet.Proxy.ToString(),
                "--ca-file",
                lab.Internet.CaFile,
                "--allow-network",
                "127.0.0.0/8",
                .. arguments,
            ]
        );
}
