using Decant.Engine.Errors;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Intake;

/// <summary>Limits of strangers' jobs, however many they are: those that wait, over all nodes, and their part of the disk.</summary>
internal sealed class PublicQueue(DataDirectory directory, IOptions<JobsOptions> options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Looks whether there is room. Only <see cref="TakeRoomAsync"/> can be sure of it; this spares the source a look-up.</summary>
    /// <exception cref="ApiException"><c>overloaded</c>.</exception>
    public async Task EnsureRoomAsync(DecantDb db, int jobs, CancellationToken cancellationToken)
    {
        var waiting = await db.Jobs.CountAsync(
            job => job.AccountId == null && job.Status == JobStatus.Processing && job.RunId == null,
            cancellationToken
        );
        if (waiting + jobs > options.Value.MaxPublicQueued)
        {
            throw Full(
                $"{waiting} public downloads wait already, of {options.Value.MaxPublicQueued} that may; try again later, or with a key."
            );
        }

        var taken =
            await db
                .Jobs.Where(job => job.AccountId == null && job.FilesRemovedAt == null)
                .SumAsync(
                    job => job.Status == JobStatus.Processing ? job.BytesFetched : job.FileSize,
                    cancellationToken
                )
            ?? 0;
        var free = new DriveInfo(directory.Root).AvailableFreeSpace;
        if (taken > options.Value.PublicDiskShare * (taken + free))
        {
            throw Full("Public downloads have their part of this server's disk; try again later, or with a key.");
        }
    }

    private static ApiException Full(string why) => new(MediaError.Overloaded.ToApiError(), why) { RetryAfter = Pause };

    /// <summary>Makes sure of the room for jobs that are inserted in the same write transaction.</summary>
    /// <inheritdoc cref="EnsureRoomAsync"/>
    public async Task TakeRoomAsync(DecantDb db, int jobs, CancellationToken cancellationToken)
    {
        await db.PassAloneAsync("public-queue", cancellationToken);
        await EnsureRoomAsync(db, jobs, cancellationToken);
    }
}
