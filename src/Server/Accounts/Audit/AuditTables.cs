using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Audit;

/// <summary>Table of the audit trail.</summary>
internal static class AuditTables
{
    extension(DecantDb db)
    {
        public DbSet<AuditEntry> AuditEntries => db.Set<AuditEntry>();
    }
}
