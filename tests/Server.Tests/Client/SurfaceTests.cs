using Decant.Client;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Client;

/// <summary>The public surface of the package, held to a file, so that a change of it is seen and said in its changelog.</summary>
public sealed class SurfaceTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Client");
    private static readonly string Kept = Path.Combine(Folder, "PublicSurface.txt");

    [Fact]
    public async Task The_public_surface_is_as_it_is_written_down()
    {
        var surface = string.Join('\n', Surface.Of(typeof(DecantClient).Assembly)) + "\n";
        if (Environment.GetEnvironmentVariable("DECANT_SURFACE") == "write")
        {
            await File.WriteAllTextAsync(Kept, surface);
        }

        Assert.True(
            surface == await File.ReadAllTextAsync(Kept),
            $"The public surface has changed. Say it in src/Client/CHANGELOG.md, and run this test with DECANT_SURFACE=write.\n{surface}"
        );
    }

    [Fact]
    public async Task The_changelog_begins_with_the_version_that_is_packed()
    {
        var version = typeof(DecantClient).Assembly.GetName().Version!.ToString(3);

        Assert.Contains(
            $"\n## [{version}]",
            await File.ReadAllTextAsync(Path.Combine(Folder, "CHANGELOG.md")),
            StringComparison.Ordinal
        );
    }
}
