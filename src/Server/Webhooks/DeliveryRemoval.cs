using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Webhooks;

/// <summary>Removes deliveries that are long over, and the events they told of.</summary>
internal sealed class DeliveryRemoval(
    IDbContextFactory<DecantDb> databases,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<DeliveryRemoval> logger
) : Janitor(TimeSpan.FromMinutes(1), time, logger)
{
    public override async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = Time.GetUtcNow() - options.Value.KeepFor;
        await db
            .WebhookDeliveries.Where(one => one.CreatedAt < before && one.Status != DeliveryStatus.Pending)
            .ExecuteDeleteAsync(cancellationToken);
        await db.JobEvents.Where(one => one.CreatedAt < before).ExecuteDeleteAsync(cancellationToken);
    }
}
