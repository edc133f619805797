using System.Text;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Files;

/// <summary>Makes sure at start that this node's storage is the one of its database: else files that clients paid for could not be found.</summary>
internal sealed class StorageStep(
    IStorage storage,
    StorageClaim claim,
    SharedSecrets secrets,
    IDbContextFactory<DecantDb> databases,
    TimeProvider time
) : StartStep
{
    private const string Name = "storage";

    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        await claim.TakeAsync(cancellationToken);
        var own = await IdentifyAsync(cancellationToken);
        var known = Encoding.UTF8.GetString(
            await secrets.ReadOrMakeAsync(Name, Encoding.UTF8.GetBytes(own), cancellationToken)
        );
        if (known == own)
        {
            return;
        }

        if (await claim.IsSharedWithOthersAsync(cancellationToken))
        {
            throw Refuse("the other nodes of the database use another one");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await db.Jobs.AnyAsync(job => job.FilesRemovedAt == null && job.ExpiresAt > now, cancellationToken))
        {
            throw Refuse(
                $"files that are still kept are in another one; copy them here, {StorageKey.Identity} included, or start with the settings of before until they have expired"
            );
        }

        // Nothing is lost by it: the storage was changed on purpose.
        await db
            .StoredSecrets.Where(secret => secret.Name == Name)
            .ExecuteUpdateAsync(
                set => set.SetProperty(secret => secret.Value, Encoding.UTF8.GetBytes(own)),
                cancellationToken
            );
    }

    private async Task<string> IdentifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await storage.IdentifyAsync(Guid.NewGuid().ToString("N"), cancellationToken);
        }
        catch (Exception failure)
            when (failure is StorageTroubleException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The storage ({storage.Place}) cannot be used: {failure.GetBaseException().Message} Look at the settings Storage__…"
            );
        }
    }

    private StartRefusedException Refuse(string why) =>
        new($"The storage of this node ({storage.Place}) does not fit: {why}. Look at the settings Storage__…");
}
