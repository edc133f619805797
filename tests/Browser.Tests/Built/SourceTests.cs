using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Built;

/// <summary>A server with its own limits, which its document names.</summary>
public sealed class AsPeopleHaveIt : Site
{
    protected override bool IsLimited => true;
}

/// <summary>The page's sources: their own unit tests, and their types held against the server's document.</summary>
public sealed class SourceTests(AsPeopleHaveIt site) : IClassFixture<AsPeopleHaveIt>
{
    [Fact]
    public async Task The_unit_tests_of_the_page_pass()
    {
        var (code, said) = await NodeTool.RunAsync("node_modules/vitest/vitest.mjs", "run");

        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task The_generated_types_are_those_of_the_servers_document()
    {
        var folder = Directory.CreateTempSubdirectory("decant-types-");
        try
        {
            var document = Path.Combine(folder.FullName, "openapi.json");
            var types = Path.Combine(folder.FullName, "schema.d.ts");
            await File.WriteAllTextAsync(document, await site.Http.GetStringAsync("/openapi/v1.json"));

            var (code, said) = await NodeTool.RunAsync(
                "node_modules/openapi-typescript/bin/cli.js",
                document,
                "-o",
                types
            );

            Assert.True(code == 0, said);
            // Beside what was built, for whoever has to bring it up to date.
            File.Copy(document, Path.Combine(Repository.Root, "artifacts", "openapi.json"), overwrite: true);
            Assert.True(
                await File.ReadAllTextAsync(types)
                    == await File.ReadAllTextAsync(Path.Combine(NodeTool.Folder, "src", "api", "schema.d.ts")),
                "web/src/api/schema.d.ts is not what the document says today: run `npm run types` in web/, with the document that this test left in artifacts/openapi.json."
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
