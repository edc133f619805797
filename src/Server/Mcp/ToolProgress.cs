using Decant.Server.Jobs.Views;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Decant.Server.Mcp;

/// <summary>Tells a client how far a call is, where it asked for that.</summary>
internal sealed class ToolProgress(RequestContext<CallToolRequestParams> request)
{
    private readonly ProgressToken? _token = request.Params?.ProgressToken;
    private double _told = -1;

    public bool IsWanted => _token is not null;

    /// <summary>Progress must rise with each notification (the protocol says so), so that what does not is not told.</summary>
    public async Task TellAsync(JobView job, CancellationToken cancellationToken)
    {
        if (_token is not { } token || job.Progress <= _told)
        {
            return;
        }

        _told = job.Progress;
        await request.Server.NotifyProgressAsync(
            token,
            new ProgressNotificationValue
            {
                Progress = (float)job.Progress,
                Total = 100,
                Message = $"{job.Title ?? job.Url}: {job.Stage.ToString().ToLowerInvariant()}",
            },
            cancellationToken: cancellationToken
        );
    }
}
