using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Accounts.Confirming;

internal sealed class SignUpConfiguration : IEntityTypeConfiguration<SignUp>
{
    public void Configure(EntityTypeBuilder<SignUp> signUp)
    {
        signUp.ToTable("SignUps");
        signUp.HasIndex(one => one.NormalizedEmail);
        signUp.HasIndex(one => one.ExpiresAt);
    }
}

internal sealed class ConfirmationMailConfiguration : IEntityTypeConfiguration<ConfirmationMail>
{
    public void Configure(EntityTypeBuilder<ConfirmationMail> mail)
    {
        mail.ToTable("ConfirmationMails");
        mail.HasIndex(one => one.NormalizedAddress);
        mail.HasIndex(one => one.NextAttemptAt);
        mail.HasIndex(one => one.CreatedAt);
    }
}
