using Decant.Server.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Platforms.Cookies;

internal sealed class StoredCookiesConfiguration : IEntityTypeConfiguration<StoredCookies>
{
    public void Configure(EntityTypeBuilder<StoredCookies> cookies)
    {
        cookies.ToTable("PlatformCookies");
        cookies.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
        cookies.Property(one => one.Platform).HasMaxLength(32);
        cookies.HasIndex(one => new { one.AccountId, one.Platform }).IsUnique();
    }
}
