using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.External;

/// <summary>Table of other issuers' accounts.</summary>
internal static class ExternalTables
{
    extension(DecantDb db)
    {
        public DbSet<ExternalIdentity> ExternalIdentities => db.Set<ExternalIdentity>();
    }
}
