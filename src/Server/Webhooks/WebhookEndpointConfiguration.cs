using Decant.Server.Accounts;
using Decant.Server.Webhooks.Kinds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Webhooks;

internal sealed class WebhookEndpointConfiguration : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> endpoint)
    {
        endpoint.ToTable("WebhookEndpoints");
        endpoint.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
        endpoint
            .Property(one => one.Kind)
            .HasConversion<string>()
            .HasMaxLength(16)
            .HasDefaultValue(WebhookKind.Decant)
            .HasSentinel(WebhookKind.Decant);
        endpoint.HasIndex(one => one.AccountId);
    }
}
