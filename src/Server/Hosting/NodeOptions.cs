using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting;

/// <summary>Settings outside any section that say what a node is for.</summary>
internal sealed class NodeOptions
{
    /// <summary>Part of the work that this node takes: <c>all</c>; <c>api</c> answers requests and runs no jobs; <c>worker</c> runs jobs and answers nothing but its health.</summary>
    public NodeRole Role { get; init; } = NodeRole.All;

    public bool RunsJobs => Role != NodeRole.Api;

    public bool AnswersRequests => Role != NodeRole.Worker;

    /// <summary>Reads the settings where there is no container yet.</summary>
    public static NodeOptions Of(IConfiguration configuration) => configuration.Get<NodeOptions>() ?? new NodeOptions();
}

internal enum NodeRole
{
    All,
    Api,
    Worker,
}

internal static class NodeServices
{
    public static void AddNode(this WebApplicationBuilder builder, bool usesPostgres)
    {
        builder.AddSettingsOf<NodeOptions>("");
        builder
            .Services.AddOptions<NodeOptions>()
            .Bind(builder.Configuration)
            .Validate(
                node => node.Role == NodeRole.All || usesPostgres,
                "Setting role: api and worker need other nodes on the same PostgreSQL (ConnectionStrings__Decant); alone, a node does all."
            )
            .ValidateOnStart();
    }
}
