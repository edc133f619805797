using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.OpenApi;

namespace Decant.Server.Tests.Languages;

/// <summary>A copy of <c>clients/typescript</c> with types of a server's own document, to be compiled.</summary>
internal static class TypeScriptPackage
{
    private static readonly string Sources = Path.Combine(Repository.Root, "clients", "typescript");

    public static async Task CopyAsync(DirectoryInfo directory, DecantServer server, string node = "node")
    {
        foreach (
            var file in Directory
                .EnumerateFiles(Sources, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Sources, file))
                .Where(file =>
                    !file.StartsWith("node_modules", StringComparison.Ordinal)
                    && !file.StartsWith("dist", StringComparison.Ordinal)
                )
        )
        {
            var copy = new FileInfo(Path.Combine(directory.FullName, file));
            copy.Directory!.Create();
            File.Copy(Path.Combine(Sources, file), copy.FullName);
        }

        Directory.CreateSymbolicLink(Path.Combine(directory.FullName, "node_modules"), NpmTool.Packages);
        await File.WriteAllTextAsync(
            Path.Combine(directory.FullName, "openapi.json"),
            await server.Public.GetStringAsync("/openapi/v1.json")
        );
        await Tool.RunAsync(directory, node, "scripts/schema.mjs", "openapi.json", "src/schema.ts");
        await Tool.RunAsync(directory, node, "node_modules/typescript/bin/tsc", "-p", ".");
    }

    /// <summary>Compiles a program that imports the package by its name, beside it.</summary>
    /// <returns>The compiled program.</returns>
    public static async Task<string> CompileAsync(
        DirectoryInfo directory,
        string folder,
        string program,
        string node = "node"
    )
    {
        var project = $"tsconfig.{folder}.json";
        await File.WriteAllTextAsync(
            Path.Combine(directory.FullName, project),
            $$"""
            {
              "extends": "./tsconfig.json",
              "compilerOptions": { "rootDir": "{{folder}}", "outDir": "built", "declaration": false, "sourceMap": false },
              "include": ["{{folder}}"]
            }
            """
        );
        await Tool.RunAsync(directory, node, "node_modules/typescript/bin/tsc", "-p", project);
        return Path.Combine(directory.FullName, "built", program);
    }
}
