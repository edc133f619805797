using System.Diagnostics;
using System.IO.Compression;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Client;

/// <summary>
/// The package as a stranger has it: packed, restored from a folder into a project of its own, compiled and called. Costs two
/// builds, so only where <c>DECANT_PACK</c> is set.
/// </summary>
public sealed class PackageTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>, IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Decant.Client" Version="*" />
          </ItemGroup>
        </Project>
        """;

    private const string Sources = """
        <configuration>
          <config><add key="globalPackagesFolder" value="packages" /></config>
          <packageSources><clear /><add key="packed" value="packed" /></packageSources>
        </configuration>
        """;

    private const string Code = """
        using Decant.Client;
        using var client = new DecantClient(new Uri(args[0]), DecantCredential.ApiKey(args[1]));
        var result = await client.DownloadAsync(args[2], new DownloadOptions { Format = "m4a", Path = "." });
        Console.WriteLine($"{result.Job.Status} {result.Length} {new FileInfo(result.Path!).Length}");
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("decant-consumer-");

    [Fact]
    public async Task A_project_that_restores_the_package_from_a_folder_compiles_and_brings_a_file()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("DECANT_PACK") is { Length: > 0 },
            "DECANT_PACK is not set."
        );
        await WriteAsync("Consumer.csproj", Project);
        await WriteAsync("nuget.config", Sources);
        await WriteAsync("Program.cs", Code);
        await DotnetAsync(
            "pack",
            Path.Combine(Repository.Root, "src", "Client"),
            "-c",
            "Release",
            "-o",
            "packed",
            "-v",
            "q"
        );
        string[] files =
        [
            "CHANGELOG.md",
            "LICENSE",
            "README.md",
            "lib/net10.0/Decant.Client.dll",
            "lib/net10.0/Decant.Client.xml",
        ];
        Assert.Equal(files, FilesIn("*.nupkg"));
        Assert.Equal(["lib/net10.0/Decant.Client.pdb"], FilesIn("*.snupkg"));

        var said = await DotnetAsync(
            "run",
            "-c",
            "Release",
            "--",
            on.Server.Http.BaseAddress!.AbsoluteUri,
            DecantServer.Key,
            on.Server.Origin("media/small.mp4?package")
        );

        var words = said.Trim().Split(' ');
        Assert.Equal("Completed", words[0]);
        Assert.Equal(words[1], words[2]);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Files that a package was given; those that describe it to NuGet are every package's.</summary>
    private IEnumerable<string> FilesIn(string pattern)
    {
        using var package = ZipFile.OpenRead(
            Assert.Single(Directory.GetFiles(Path.Combine(_directory.FullName, "packed"), pattern))
        );
        return
        [
            .. package
                .Entries.Select(entry => entry.FullName)
                .Where(name =>
                    name != "[Content_Types].xml"
                    && !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/", StringComparison.Ordinal)
                    && !name.EndsWith(".nuspec", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_directory.FullName, name), text);

    private async Task<string> DotnetAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = _directory.FullName,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
        return said;
    }
}
