using Decant.Server.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Billing;

/// <summary>No foreign key to the job: entries stay when a job is deleted.</summary>
internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> entry)
    {
        entry.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Restrict);
        entry.HasIndex(one => new
        {
            one.AccountId,
            one.Purse,
            one.Id,
        });
        entry.HasIndex(one => one.JobId);
        entry
            .HasIndex(one => new
            {
                one.AccountId,
                one.Purse,
                one.Reference,
            })
            .IsUnique()
            .HasFilter("\"Reference\" IS NOT NULL");
    }
}
