using Decant.Server.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Webhooks;

/// <summary>A foreign key to the job is absent on purpose: a delivery outlives a job that is deleted before it was sent.</summary>
internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("WebhookDeliveries");
        delivery.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
        delivery
            .HasOne<WebhookEndpoint>()
            .WithMany()
            .HasForeignKey(one => one.EndpointId)
            .OnDelete(DeleteBehavior.Cascade);
        delivery.Property(one => one.Status).HasConversion<string>().HasMaxLength(16);

        // The few that wait, looked through every second.
        delivery.HasIndex(one => one.NextAttemptAt).HasFilter("\"Status\" = 'Pending'");
        // The log of an account and of an endpoint, newest first.
        delivery.HasIndex(one => new { one.AccountId, one.Id });
        delivery.HasIndex(one => new { one.EndpointId, one.Id });
        // The janitor.
        delivery.HasIndex(one => one.CreatedAt);
    }
}
