using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Accounts.Audit;

/// <summary>No foreign keys: what was done stays written whatever becomes of those who did it.</summary>
internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.Property(one => one.Action).HasConversion<string>().HasMaxLength(32);
        entry.HasIndex(one => one.AccountId);
        entry.HasIndex(one => one.ActorId);
    }
}
