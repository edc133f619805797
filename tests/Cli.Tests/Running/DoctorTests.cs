using System.Text.Json;
using Decant.Cli.Tests.Script;

namespace Decant.Cli.Tests.Running;

public sealed class DoctorTests : IDisposable
{
    private static readonly string Decant = Path.Combine(AppContext.BaseDirectory, "decant");

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_shows_what_the_engine_has_without_a_server_and_makes_nothing()
    {
        var end = await DecantProcess.RunAsync(_folder.Path, "doctor");

        Assert.Matches(@"(?m)^ok +extractor +yt-dlp \d{4}\.\d\d\.\d\d, \d+ days old, in /", end.Output);
        Assert.Matches(@"(?m)^ok +ffmpeg +\d", end.Output);
        Assert.Matches(@"(?m)^ok +encoders +all \d+", end.Output);
        Assert.Matches(@"(?m)^(ok|note) +javascript ", end.Output);
        Assert.Contains(_folder.Path, end.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Json_says_the_same_to_programs()
    {
        var end = await DecantProcess.RunAsync(_folder.Path, "doctor", "--json");

        using var report = JsonDocument.Parse(end.Output);
        var extractor = report.RootElement.GetProperty("extractor");
        Assert.StartsWith("/", extractor.GetProperty("path").GetString());
        Assert.True(extractor.GetProperty("age_days").GetInt32() >= 0);
        Assert.Equal(report.RootElement.GetProperty("well").GetBoolean() ? 0 : 6, end.Code);
        Assert.Contains(
            report.RootElement.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("name").GetString() == "scratch"
        );
    }

    [Fact]
    public async Task An_extractor_that_does_not_start_is_a_problem_with_its_reason()
    {
        _folder.Write("yt_dlp/version.py", "__version__ = '2026.11.20'\n");
        _folder.Write("yt_dlp/__init__.py", "def (\n");

        var end = await Shell.RunAsync("env", $"Extractor__Folder={_folder.Path}", Decant, "doctor");

        Assert.Equal(6, end.Code);
        Assert.Matches(@"(?m)^problem +extractor .*SyntaxError: .*`./decant update`", end.Output);
    }

    [Fact]
    public async Task A_folder_without_an_extractor_is_named()
    {
        var end = await Shell.RunAsync("env", $"Extractor__Folder={_folder.Path}", Decant, "doctor");

        Assert.Equal((2, ""), (end.Code, end.Output));
        Assert.Contains("Extractor__Folder", end.Error);
        Assert.Contains(_folder.Path, end.Error);
    }

    [Fact]
    public async Task A_setting_is_read_from_the_file_that_its_name_with_FILE_names()
    {
        var secret = _folder.Write("secret", $"{_folder.Path}\n");

        var end = await Shell.RunAsync("env", $"Extractor__Folder_FILE={secret}", Decant, "doctor");
        var missing = await Shell.RunAsync("env", $"Extractor__Folder_FILE={secret}.none", Decant, "doctor");

        Assert.Equal(2, end.Code);
        Assert.Contains(_folder.Path, end.Error);
        Assert.Equal(2, missing.Code);
        Assert.Contains("Extractor__Folder_FILE", missing.Error);
    }

    [Fact]
    public async Task A_database_that_cannot_be_read_is_said_in_one_line()
    {
        _folder.Write("data/decant.db", "");

        var end = await DecantProcess.RunAsync(_folder.Path, "doctor");

        Assert.Equal(6, end.Code);
        Assert.Matches($@"(?m)^problem +server +what it left in {_folder.Path}/data cannot be read", end.Output);
        Assert.DoesNotContain("   at ", end.Output + end.Error);
    }
}
