using Decant.Server.Tests.OpenApi;

namespace Decant.Browser.Tests.Built;

/// <summary>The page as a machine builds it that has Debian 12's Node, the oldest that does.</summary>
public sealed class Node18Tests
{
    [Fact]
    [Trait("Run", "exhaustive")] // Builds the page a second time, which takes half a minute of the processor.
    public async Task The_page_is_checked_and_built_by_Debian_12s_Node()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(NodeTool.Folder, "node_modules")),
            "The npm packages of web/ are not there: ./decant test installs them where node 18 or newer and npm are."
        );
        var missing = await DebianNode.MissingAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");
        var built = Directory.CreateTempSubdirectory("decant-node18-");
        try
        {
            // As `npm run build` does.
            await RunsAsync("node_modules/typescript/bin/tsc", "--noEmit");
            await RunsAsync("node_modules/vite/bin/vite.js", "build", $"--outDir={built.FullName}", "--emptyOutDir");

            Assert.True(File.Exists(Path.Combine(built.FullName, "index.html")));
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(built.FullName, "assets"), "*.js.br"));
        }
        finally
        {
            built.Delete(recursive: true);
        }
    }

    private static async Task RunsAsync(params string[] arguments)
    {
        var (code, said) = await NodeTool.RunOnAsync(DebianNode.Program, arguments);
        Assert.True(code == 0, said);
    }
}
