using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Languages;
using Decant.Server.Tests.OpenApi;

[assembly: AssemblyFixture(typeof(TypeScriptPackage))]

namespace Decant.Server.Tests.Languages;

/// <summary>
/// Copies of <c>clients/typescript</c> with types of a server's own document, compiled: once for all who want one, as every
/// server has the same document.
/// </summary>
public sealed class TypeScriptPackage : IDisposable
{
    private static readonly string Sources = Path.Combine(Repository.Root, "clients", "typescript");

    private static readonly Lock Building = new();
    private static Task<DirectoryInfo>? _built;

    public static async Task CopyAsync(DirectoryInfo directory, DecantServer server)
    {
        Task<DirectoryInfo> built;
        lock (Building)
        {
            built = _built ??= BuildAsync(server);
        }

        Copy((await built).FullName, directory);
    }

    private static async Task<DirectoryInfo> BuildAsync(DecantServer server)
    {
        var directory = Directory.CreateTempSubdirectory("decant-typescript-");
        Copy(Sources, directory);
        await File.WriteAllTextAsync(
            Path.Combine(directory.FullName, "openapi.json"),
            await server.Public.GetStringAsync("/openapi/v1.json")
        );
        await Tool.RunAsync(directory, "node", "scripts/schema.mjs", "openapi.json", "src/schema.ts");
        await Tool.RunAsync(directory, "node", "node_modules/typescript/bin/tsc", "-p", ".");
        return directory;
    }

    /// <summary>All but what the working copy has of its own builds; the packages are a link.</summary>
    private static void Copy(string from, DirectoryInfo directory)
    {
        foreach (
            var file in Directory
                .EnumerateFiles(
                    from,
                    "*",
                    new EnumerationOptions
                    {
                        RecurseSubdirectories = true,
                        AttributesToSkip = FileAttributes.ReparsePoint,
                    }
                )
                .Select(file => Path.GetRelativePath(from, file))
                .Where(file =>
                    !file.StartsWith("node_modules", StringComparison.Ordinal)
                    && (from != Sources || !file.StartsWith("dist", StringComparison.Ordinal))
                )
        )
        {
            var copy = new FileInfo(Path.Combine(directory.FullName, file));
            copy.Directory!.Create();
            File.Copy(Path.Combine(from, file), copy.FullName);
        }

        Directory.CreateSymbolicLink(Path.Combine(directory.FullName, "node_modules"), NpmTool.Packages);
    }

    public void Dispose()
    {
        if (_built is { IsCompletedSuccessfully: true } built)
        {
            built.Result.Delete(recursive: true);
        }
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
