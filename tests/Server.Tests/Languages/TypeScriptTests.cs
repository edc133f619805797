using System.Text.Json.Nodes;
using Decant.Server.Tests.OpenApi;

namespace Decant.Server.Tests.Languages;

/// <summary>The TypeScript client, compiled strictly with types of this server's own document, in node.</summary>
public sealed class TypeScriptTests(TypeScriptRun run) : IClassFixture<TypeScriptRun>
{
    [Theory]
    [MemberData(nameof(TypeScriptRun.Cases), MemberType = typeof(TypeScriptRun))]
    public void The_client_works(string name) => run.AssertOk(name);
}

/// <summary>The same in Debian 12's Node, the oldest that the package promises to do with.</summary>
public sealed class TypeScriptOnNode18Tests(Node18Run run) : IClassFixture<Node18Run>
{
    [Theory]
    [MemberData(nameof(TypeScriptRun.Cases), MemberType = typeof(TypeScriptRun))]
    public void The_client_works(string name) => run.AssertOk(name);
}

/// <summary>A run of the TypeScript client's cases in Debian 12's Node.</summary>
public sealed class Node18Run : TypeScriptRun
{
    protected override string Node => DebianNode.Program;

    protected override async Task<string?> MissingAsync() =>
        await base.MissingAsync() ?? await DebianNode.MissingAsync();
}

/// <summary>A run of the TypeScript client's cases.</summary>
public class TypeScriptRun : ClientRun
{
    private const string Packs = "The_package_has_what_it_promises";

    public static IEnumerable<TheoryDataRow<string>> Cases() =>
        CasesIn("clients/typescript/test/cases.ts", "  async ", "() {")
            .Append(new TheoryDataRow<string>(Packs) { TestDisplayName = Packs });

    protected virtual string Node => "node";

    protected virtual Task<string?> MissingAsync() => NpmTool.MissingAsync();

    protected override async Task<string?> PrepareAsync()
    {
        if (await MissingAsync() is { } missing)
        {
            return missing;
        }

        await TypeScriptPackage.CopyAsync(Directory, Server);
        return null;
    }

    protected override async Task<string> RunAsync(string given)
    {
        var cases = await TypeScriptPackage.CompileAsync(Directory, "test", "cases.js", Node);
        var said = JsonNode.Parse(await Tool.RunAsync(Directory, Node, cases, given))!;
        said[Packs] = await PackAsync();
        return said.ToJsonString();
    }

    private async Task<string> PackAsync()
    {
        var listed = await Tool.RunAsync(Directory, "npm", "pack", "--dry-run", "--json", "--ignore-scripts");
        string[] promised =
        [
            "dist/index.js",
            "dist/index.d.ts",
            "src/index.ts",
            "README.md",
            "CHANGELOG.md",
            "LICENSE",
            "package.json",
        ];
        return promised.FirstOrDefault(file => !listed.Contains($"\"{file}\"", StringComparison.Ordinal)) is { } lacking
            ? $"{lacking} is not in the package: {listed}"
            : "ok";
    }
}
