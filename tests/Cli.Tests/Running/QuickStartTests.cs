using System.Reflection;
using Decant.Cli.Tests.Script;

namespace Decant.Cli.Tests.Running;

/// <summary>The start of commands that are over within a second: machine code (ADR 0075), and Python before anything is read (ADR 0070).</summary>
public sealed class QuickStartTests(CommandTestsLab lab) : IClassFixture<CommandTestsLab>, IDisposable
{
    private const string Page = "https://www.youtube.com/watch?v=jNQXAC9IVRw";

    /// <summary>Environment in which no runtime of .NET starts: its startup hook is missing.</summary>
    private const string WithoutRuntime = "DOTNET_STARTUP_HOOKS=/nowhere/hook.dll";

    private static readonly string Decant = Path.Combine(AppContext.BaseDirectory, "decant");
    private static readonly string Whole = Path.Combine(AppContext.BaseDirectory, "decant-whole");

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_and_info_need_no_runtime_and_all_else_is_the_whole_programs()
    {
        Assert.SkipUnless(File.Exists(Whole), "Nothing here links machine code.");

        var get = await Shell.RunAsync("env", WithoutRuntime, Decant, "get", "--help");
        var info = await Shell.RunAsync("env", WithoutRuntime, Decant, "info", At("media/small.mp4"));
        var whole = await Shell.RunAsync("env", WithoutRuntime, Decant, "doctor");
        var help = await Shell.RunAsync(Decant, "--help");

        Assert.Equal((0, 4, 0), (get.Code, info.Code, help.Code));
        Assert.Contains("decant get", get.Output, StringComparison.Ordinal);
        Assert.StartsWith("decant: blocked_address: ", info.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, whole.Code);
        Assert.Contains("/nowhere/hook.dll", whole.Error, StringComparison.Ordinal);
        Assert.Contains("  serve ", help.Output, StringComparison.Ordinal);
        Assert.Contains("decant [command]", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_program_that_is_missing_is_named()
    {
        Assert.SkipUnless(File.Exists(Whole), "Nothing here links machine code.");
        var alone = Path.Combine(_folder.Path, "decant");
        File.Copy(Decant, alone);

        var end = await Shell.RunAsync(alone, "serve");

        Assert.Equal((3, ""), (end.Code, end.Output));
        Assert.Equal(
            $"decant: '{alone}-whole', which has all other commands, cannot be started: No such file or directory",
            end.Error
        );
    }

    [Fact]
    public async Task Settings_of_the_environment_are_read()
    {
        var page = await Shell.RunAsync(
            "env",
            $"Egress__Proxy={lab.Internet.Proxy}",
            $"Egress__CaFile={lab.Internet.CaFile}",
            Decant,
            "info",
            "--json",
            Page
        );
        var file = await Shell.RunAsync(
            "env",
            "Egress__AllowedNetworks__0=127.0.0.0/8",
            Decant,
            "info",
            At("media/small.mp4")
        );

        Assert.Equal((0, 0), (page.Code, file.Code));
        Assert.Contains("\"video_id\": \"jNQXAC9IVRw\"", page.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Egress__Proxy", "nowhere")]
    [InlineData("Egress__CaFile", "/nowhere/ca.pem")]
    [InlineData("Egress__AllowedNetworks__0", "everywhere")]
    [InlineData("Egress__ProxyByPlatform__nobody", "http://127.0.0.1:1")]
    [InlineData("Extractor__Folder", "/nowhere")]
    [InlineData("Extractor__LookEvery", "often")]
    [InlineData("Extractor__WarmUp", "perhaps")]
    [InlineData("Sandbox__Required", "perhaps")]
    [InlineData("Sandbox__FirstUser", "many")]
    [InlineData("Sandbox__MaxIdle", "long")]
    public async Task A_setting_of_the_environment_that_cannot_be_used_is_named(string name, string value)
    {
        var end = await Shell.RunAsync("env", $"{name}={value}", Decant, "get", At("media/small.mp4"));

        Assert.Equal((2, ""), (end.Code, end.Output));
        Assert.Contains(
            name.Replace("__0", "", StringComparison.Ordinal).Replace("__", ":", StringComparison.Ordinal),
            end.Error.Replace("__", ":", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EgressSettings")]
    [InlineData("ExtractorSettings")]
    [InlineData("JavaScriptSettings")]
    [InlineData("SandboxSettings")]
    [InlineData("SpotifySettings")]
    public void Settings_that_get_reads_can_be_set_by_code_that_was_written_ahead(string type)
    {
        var properties = Assembly.Load("Decant.Server").GetType($"Decant.Server.Hosting.{type}")!.GetProperties();

        // The generator of that code passes `init` properties by, and says nothing of it.
        Assert.Contains(properties, property => property.CanWrite);
        Assert.DoesNotContain(
            properties,
            property =>
                property
                    .SetMethod?.ReturnParameter.GetRequiredCustomModifiers()
                    .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)) == true
        );
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

    private string At(string path) => new Uri(lab.Internet.Origin, path).ToString();
}
