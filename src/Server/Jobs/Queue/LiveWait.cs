using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Queue;

/// <summary>Waiting for streams that have yet to begin: aside, with no worker and no attempt spent on it.</summary>
internal sealed class LiveWait(IOptions<JobsOptions> options, TimeProvider time)
{
    /// <summary>Announced times are brought forward, too.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromHours(1);

    /// <returns>When to look again.</returns>
    public TimeSpan NextLook(DateTimeOffset? startsAt)
    {
        var left = startsAt - time.GetUtcNow() ?? TimeSpan.Zero;
        return left > LongestNap ? LongestNap
            : left > options.Value.LiveLookEvery ? left
            : options.Value.LiveLookEvery;
    }

    /// <returns>False where the stream should have begun so long ago that it never will.</returns>
    public bool IsWorthIt(Job job, DateTimeOffset? startsAt) =>
        job.Request.Recording is { Wait: true }
        && time.GetUtcNow() - (startsAt ?? job.CreatedAt) < options.Value.LivePatience;
}
