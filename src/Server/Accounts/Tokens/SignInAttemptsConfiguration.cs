using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Accounts.Tokens;

internal sealed class SignInAttemptsConfiguration : IEntityTypeConfiguration<SignInAttempts>
{
    public void Configure(EntityTypeBuilder<SignInAttempts> attempts)
    {
        attempts.ToTable("SignInAttempts");
        attempts.HasKey(one => one.NameHash);
        attempts.HasIndex(one => one.Until);
    }
}
