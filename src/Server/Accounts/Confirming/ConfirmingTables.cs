using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Confirming;

/// <summary>Tables of addresses that are yet to be confirmed.</summary>
internal static class ConfirmingTables
{
    extension(DecantDb db)
    {
        public DbSet<SignUp> SignUps => db.Set<SignUp>();
        public DbSet<ConfirmationMail> ConfirmationMails => db.Set<ConfirmationMail>();
    }
}
