using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.OpenApi;

namespace Decant.Server.Tests.Mcp;

/// <summary>An agent: the protocol's official TypeScript client, run in node.</summary>
internal static class Agent
{
    /// <param name="server">The server whose <c>/mcp</c> it calls.</param>
    /// <param name="headers">Credential that it sends.</param>
    /// <param name="calls">Tools to call, one after another.</param>
    public static async Task<JsonNode> RunAsync(DecantServer server, object headers, params AgentCall[] calls)
    {
        const string file = "calls.json";
        var directory = await NpmTool.PrepareAsync();
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, file),
                JsonSerializer.Serialize(
                    new
                    {
                        server = server.Public.BaseAddress,
                        headers,
                        calls,
                    },
                    JsonSerializerOptions.Web
                )
            );
            return JsonNode.Parse(await NpmTool.NodeAsync(directory, "agent.js", file))!;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>The same with the administrator's key.</summary>
    public static Task<JsonNode> RunAsync(DecantServer server, params AgentCall[] calls) =>
        RunAsync(server, new Dictionary<string, string> { ["X-API-Key"] = DecantServer.Key }, calls);
}

/// <param name="Tool">Its name.</param>
/// <param name="Arguments">In its words.</param>
/// <param name="Progress">Whether it asks to be told of progress.</param>
internal sealed record AgentCall(string Tool, object Arguments, bool Progress = false);
