using Decant.Server.Accounts;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Billing;

/// <summary>A foreign key to the job is absent on purpose: entries outlive a deleted job.</summary>
internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> entry)
    {
        entry.ToTable("Ledger");
        entry.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Restrict);
        // The purse's history, any page of it, and the sums that its newest entry carries. Two writers at once would meet here.
        entry
            .HasIndex(one => new
            {
                one.AccountId,
                one.Purse,
                one.Number,
            })
            .IsUnique();
        // Any page of what jobs cost, and of what came in: a small part of all entries.
        entry
            .HasIndex(
                one => new
                {
                    one.AccountId,
                    one.Purse,
                    one.Charges,
                },
                "IX_Ledger_Charges"
            )
            .HasFilter("\"Kind\" = 'Charge' AND \"JobId\" IS NOT NULL");
        entry
            .HasIndex(
                one => new
                {
                    one.AccountId,
                    one.Purse,
                    one.Number,
                },
                "IX_Ledger_Grants"
            )
            .HasFilter("\"Kind\" = 'Grant'");
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
