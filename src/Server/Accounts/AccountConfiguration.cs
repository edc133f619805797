using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Accounts;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.HasIndex(one => one.NormalizedEmail).IsUnique();

        // The ledger's conditional updates keep purses from going below zero; should one ever be wrong, the database says no.
        account.ToTable(
            "Accounts",
            table =>
            {
                table.HasCheckConstraint("CK_Accounts_CreditBalance", "\"CreditBalance\" >= 0");
                table.HasCheckConstraint("CK_Accounts_WalletBalance", "\"WalletBalance\" >= 0");
            }
        );
    }
}
