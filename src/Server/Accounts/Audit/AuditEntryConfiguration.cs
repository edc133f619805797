using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Accounts.Audit;

/// <summary>Foreign keys are absent on purpose: entries outlive the accounts they name.</summary>
internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("AuditEntries");
        entry.Property(one => one.Action).HasConversion<string>().HasMaxLength(32);
        entry.HasIndex(one => one.AccountId);
        entry.HasIndex(one => one.ActorId);
    }
}
