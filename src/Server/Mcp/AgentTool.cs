using Decant.Server.Mcp.Calls;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Decant.Server.Mcp;

/// <summary>A tool: its arguments and its answer are records, whose schemas the agent reads.</summary>
internal abstract class AgentTool<TArguments, TAnswer> : McpServerTool
{
    /// <param name="name">Name of the tool, for the model.</param>
    /// <param name="title">Title for a person.</param>
    /// <param name="description">Description for the model to choose by.</param>
    /// <param name="hints">Hints for a client that asks its user before a call.</param>
    protected AgentTool(string name, string title, string description, ToolAnnotations hints)
    {
        hints.Title = title;
        ProtocolTool = new Tool
        {
            Name = name,
            Title = title,
            Description = description,
            InputSchema = ToolJson.SchemaOf(typeof(TArguments)),
            OutputSchema = ToolJson.SchemaOf(typeof(TAnswer)),
            Annotations = hints,
        };
    }

    public override Tool ProtocolTool { get; }

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            var arguments = ToolJson.Read<TArguments>(request.Params?.Arguments, ProtocolTool.InputSchema);
            return ToolJson.Answer(await AnswerAsync(arguments, new ToolProgress(request), cancellationToken));
        }
        catch (CallRefusedException refusal)
        {
            return ToolJson.Refuse(refusal);
        }
    }

    /// <exception cref="CallRefusedException">For the agent to read.</exception>
    protected abstract Task<TAnswer> AnswerAsync(
        TArguments arguments,
        ToolProgress progress,
        CancellationToken cancellationToken
    );

    /// <summary>Hints of a tool that changes nothing here, and asks the internet.</summary>
    protected static ToolAnnotations Reads(bool asksOutside) =>
        new()
        {
            ReadOnlyHint = true,
            IdempotentHint = true,
            OpenWorldHint = asksOutside,
        };
}
