using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Accounts.Tokens;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("Sessions");
        session.Property(one => one.Id).ValueGeneratedNever();
        session.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
        // Sessions of versions before have no kind, and most were a program's.
        session.Property(one => one.Kind).HasDefaultValue(SessionKind.Token);
        session.Property(one => one.Address).HasMaxLength(64);
        session.Property(one => one.UserAgent).HasMaxLength(Session.LongestUserAgent);
        session.HasIndex(one => one.ExpiresAt);
        session.HasIndex(one => one.ApiKeyId);
        session.HasIndex(one => new { one.AccountId, one.ExpiresAt });
    }
}
