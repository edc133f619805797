using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Webhooks;

internal sealed class DeliveryAttemptConfiguration : IEntityTypeConfiguration<DeliveryAttempt>
{
    public void Configure(EntityTypeBuilder<DeliveryAttempt> attempt)
    {
        attempt.ToTable("DeliveryAttempts");
        attempt
            .HasOne<WebhookDelivery>()
            .WithMany(delivery => delivery.Log)
            .HasForeignKey(one => one.DeliveryId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
