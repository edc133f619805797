using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks;

/// <summary>Tables of webhooks.</summary>
internal static class WebhookTables
{
    extension(DecantDb db)
    {
        public DbSet<WebhookEndpoint> WebhookEndpoints => db.Set<WebhookEndpoint>();
        public DbSet<WebhookDelivery> WebhookDeliveries => db.Set<WebhookDelivery>();
        public DbSet<DeliveryAttempt> DeliveryAttempts => db.Set<DeliveryAttempt>();
    }
}
