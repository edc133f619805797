using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Accounts.Tokens;

internal sealed class RefreshTokenConfiguration : IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<RefreshToken> token)
    {
        token.ToTable("RefreshTokens");
        token.HasKey(one => one.Hash);
        token.HasOne<Session>().WithMany().HasForeignKey(one => one.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
