using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.OpenApi;

/// <summary>What others make of the document: a linter, and a client generated from it.</summary>
public sealed class ClientTests(ServerOn<Sqlite> on, ITestOutputHelper output) : IClassFixture<ServerOn<Sqlite>>
{
    private const string Document = "openapi.json";

    [Fact]
    public async Task The_linter_finds_nothing_to_say_by_its_recommended_rules()
    {
        await InDirectoryAsync(async directory =>
        {
            var said = await NpmTool.NodeAsync(
                directory,
                "node_modules/@redocly/cli/bin/cli.js",
                "lint",
                "--config=redocly.yaml",
                "--format=json",
                Document
            );

            output.WriteLine(said);
            var totals = JsonNode.Parse(said)!["totals"]!;
            Assert.Equal((0, 0), (totals.Number("errors"), totals.Number("warnings")));
        });
    }

    [Fact]
    public async Task Spectral_finds_nothing_to_say_by_its_rules_for_OpenAPI()
    {
        await InDirectoryAsync(async directory =>
        {
            const string result = "spectral.json";
            await NpmTool.NodeAsync(
                directory,
                "node_modules/@stoplight/spectral-cli/dist/index.js",
                "lint",
                "--format=json",
                $"--output={result}",
                Document
            );
            var said = await File.ReadAllTextAsync(Path.Combine(directory.FullName, result));

            output.WriteLine(said);
            Assert.Equal([], JsonNode.Parse(said)!.AsArray().Select(one => one!.Text("code")));
        });
    }

    [Fact]
    public async Task A_generated_client_compiles_strictly_and_runs_the_main_job()
    {
        await InDirectoryAsync(async directory =>
        {
            await NpmTool.NodeAsync(
                directory,
                "node_modules/openapi-typescript/bin/cli.js",
                Document,
                "-o",
                "api.ts",
                "--default-non-nullable=false"
            );
            await NpmTool.NodeAsync(directory, "node_modules/typescript/bin/tsc", "--noEmitOnError");

            var said = await NpmTool.NodeAsync(
                directory,
                "main-job.js",
                on.Server.Public.BaseAddress!.GetLeftPart(UriPartial.Authority),
                DecantServer.Key,
                on.Server.Origin("media/small.mp4?typescript")
            );

            var end = JsonNode.Parse(said)!;
            Assert.Equal("COMPLETED", end["job"]!.Text("status"));
            Assert.Equal(end["job"]!.Number("file_size"), end.Number("bytes"));
        });
    }

    private async Task InDirectoryAsync(Func<DirectoryInfo, Task> use)
    {
        var directory = await NpmTool.PrepareAsync();
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, Document),
                await on.Server.Public.GetStringAsync("/openapi/v1.json")
            );
            await use(directory);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
