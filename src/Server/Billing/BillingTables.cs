using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing;

/// <summary>Table of money.</summary>
internal static class BillingTables
{
    extension(DecantDb db)
    {
        public DbSet<LedgerEntry> Ledger => db.Set<LedgerEntry>();
    }
}
