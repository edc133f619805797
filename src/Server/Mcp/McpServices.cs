using Decant.Server.Accounts;
using Decant.Server.Mcp.Calls;
using Decant.Server.Mcp.Tools;
using Microsoft.AspNetCore.Builder;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Decant.Server.Mcp;

/// <summary>Tools for agents, by the Model Context Protocol (modelcontextprotocol.io) at <c>/mcp</c>.</summary>
internal static class McpServices
{
    public const string Path = "/mcp";

    /// <summary>Read by the model before it chooses a tool.</summary>
    private const string Instructions =
        "Decant downloads video and audio from a web page's address and makes a file of the wanted format. "
        + "look_up says what is there and what it costs, and is free. download queues a job and waits for it; "
        + "its answer has a link that needs no credential. transcript reads what is said without downloading anything. "
        + "Every answer has `next`, which says what to do with it; an error has `code`, `message` and `next`.";

    public static void AddMcp(this WebApplicationBuilder builder)
    {
        // Two lines a call, of which the request's own log knows as much.
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.Warning);
        builder.Services.AddSingleton<OwnCalls>();
        builder.Services.AddSingleton<McpServerTool, LookUpTool>();
        builder.Services.AddSingleton<McpServerTool, DownloadTool>();
        builder.Services.AddSingleton<McpServerTool, ListJobsTool>();
        builder.Services.AddSingleton<McpServerTool, GetLinkTool>();
        builder.Services.AddSingleton<McpServerTool, CancelTool>();
        builder.Services.AddSingleton<McpServerTool, TranscriptTool>();
        builder
            .Services.AddMcpServer(server =>
            {
                server.ServerInfo = new Implementation
                {
                    Name = "decant",
                    Title = "Decant",
                    Version = typeof(McpServices).Assembly.GetName().Version?.ToString(3) ?? "0",
                };
                server.ServerInstructions = Instructions;
            })
            // Without sessions any node answers any call; the progress of a call comes in the answer to its own request.
            .WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.Stateless);
    }

    /// <summary>Lets tools call the API from within. First of all, so that their calls pass everything that calls from outside pass.</summary>
    public static void UseOwnCalls(this WebApplication app)
    {
        var calls = app.Services.GetRequiredService<OwnCalls>();
        ((IApplicationBuilder)app).Use(pipeline =>
        {
            calls.Open(pipeline);
            return pipeline;
        });
        app.UseRouting();
    }

    /// <summary>Tools are for whoever may see jobs; each call of the API then asks for its own scope, and is counted by its own limit.</summary>
    public static void MapMcp(this WebApplication app) =>
        app.MapMcp(Path).RequireScope(Scopes.MediaRead).ExcludeFromDescription();
}
