using Decant.Engine.Errors;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Intake;

/// <summary>The end of what is accepted: jobs that wait, of one account and of all, over all nodes, and a rest of this node's disk.</summary>
internal sealed class WaitingRoom(
    IDbContextFactory<DecantDb> databases,
    DataDirectory directory,
    IOptions<JobsOptions> options,
    TimeProvider time
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>A look at all jobs that wait is not for every request; so many may slip in within its time that a second of them is the error.</summary>
    private readonly Recent<int> _waiting = new(TimeSpan.FromSeconds(1), time);

    /// <summary>Looks whether there is room before anything is looked up or paid for.</summary>
    /// <exception cref="ApiException"><c>overloaded</c>.</exception>
    public async Task EnsureRoomAsync(int jobs, CancellationToken cancellationToken)
    {
        if (new DriveInfo(directory.Root).AvailableFreeSpace < options.Value.DiskReserve)
        {
            throw Full("The disk of this server is nearly full; try again later.");
        }

        var waiting = await _waiting.GetAsync(CountAsync, cancellationToken);
        if (waiting + jobs > options.Value.MaxQueued)
        {
            throw Full($"{waiting} downloads wait already, of {options.Value.MaxQueued} that may; try again later.");
        }
    }

    /// <summary>Makes sure that an account has no more waiting than it may, with the jobs that were inserted in the same write transaction. After its money was held: that lets one pass at a time.</summary>
    /// <exception cref="ApiException"><c>overloaded</c>.</exception>
    public async Task EnsureAccountAsync(DecantDb db, long accountId, CancellationToken cancellationToken)
    {
        var waiting = await Waiting(db).CountAsync(job => job.AccountId == accountId, cancellationToken);
        if (waiting > options.Value.MaxQueuedPerAccount)
        {
            throw Full(
                $"More than the {options.Value.MaxQueuedPerAccount} downloads that an account may have waiting; try again when some have ended."
            );
        }
    }

    private static IQueryable<Job> Waiting(DecantDb db) =>
        db.Jobs.Where(job => job.Status == JobStatus.Processing && job.RunId == null);

    private async Task<int> CountAsync()
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        return await Waiting(db).CountAsync(CancellationToken.None);
    }

    private static ApiException Full(string why) => new(MediaError.Overloaded.ToApiError(), why) { RetryAfter = Pause };
}
