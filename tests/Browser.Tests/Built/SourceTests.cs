using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Built;

/// <summary>A server with its own limits, which its document names.</summary>
public sealed class AsPeopleHaveIt : Site
{
    protected override bool IsLimited => true;
}

/// <summary>The page's sources: their own unit tests, and their types, and those of the client, held against the server's document.</summary>
public sealed class SourceTests(AsPeopleHaveIt site) : IClassFixture<AsPeopleHaveIt>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("decant-types-");

    [Fact]
    public async Task The_unit_tests_of_the_page_pass()
    {
        var (code, said) = await NodeTool.RunAsync("node_modules/vitest/vitest.mjs", "run");

        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task The_generated_types_are_those_of_the_servers_document()
    {
        var document = await DocumentAsync();
        var types = Path.Combine(_folder.FullName, "schema.d.ts");

        var (code, said) = await NodeTool.RunAsync("node_modules/openapi-typescript/bin/cli.js", document, "-o", types);

        Assert.True(code == 0, said);
        await AssertSameAsync(types, "web", "src/api/schema.d.ts");
    }

    [Fact]
    public async Task The_generated_types_of_the_TypeScript_client_are_those_of_the_servers_document()
    {
        var document = await DocumentAsync();
        var types = Path.Combine(_folder.FullName, "schema.ts");
        // A script finds its packages beside itself; those of the page include what it wants.
        var script = Path.Combine(_folder.FullName, "schema.mjs");
        File.Copy(Path.Combine(Repository.Root, "clients", "typescript", "scripts", "schema.mjs"), script);
        Directory.CreateSymbolicLink(
            Path.Combine(_folder.FullName, "node_modules"),
            Path.Combine(NodeTool.Folder, "node_modules")
        );

        var (code, said) = await NodeTool.RunAsync(script, document, types);

        Assert.True(code == 0, said);
        await AssertSameAsync(types, "clients/typescript", "src/schema.ts");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The document as a file beside what was built, for whoever has to bring the types up to date.</summary>
    private async Task<string> DocumentAsync()
    {
        var document = Path.Combine(Repository.Root, "artifacts", "openapi.json");
        await File.WriteAllTextAsync(document, await site.Http.GetStringAsync("/openapi/v1.json"));
        return document;
    }

    private static async Task AssertSameAsync(string made, string package, string file) =>
        Assert.True(
            await File.ReadAllTextAsync(made)
                == await File.ReadAllTextAsync(Path.Combine(Repository.Root, package, file)),
            $"{package}/{file} is not what the document says today: run `npm run types` in {package}/, with the document that this test left in artifacts/openapi.json."
        );
}
