using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts;

/// <summary>Tables of accounts and their keys.</summary>
internal static class AccountTables
{
    extension(DecantDb db)
    {
        public DbSet<Account> Accounts => db.Set<Account>();
        public DbSet<ApiKey> ApiKeys => db.Set<ApiKey>();
    }
}
