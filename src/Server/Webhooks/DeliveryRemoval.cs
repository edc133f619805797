using Decant.Server.Background;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Webhooks;

/// <summary>Removes deliveries that are long over, and the events they told of.</summary>
internal sealed class DeliveryRemoval(
    IDbContextFactory<DecantDb> databases,
    IOptions<WebhookOptions> options,
    LoopServices services
) : PeriodicLoop(TimeSpan.FromMinutes(1), services)
{
    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = Time.GetUtcNow() - options.Value.KeepFor;
        await db
            .WebhookDeliveries.Where(one => one.CreatedAt < before && one.Status != DeliveryStatus.Pending)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
