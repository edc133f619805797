using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>The one model. Each database has a derived context of its own, because migrations belong to a provider.</summary>
internal abstract class DecantDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<JobEvent> JobEvents => Set<JobEvent>();
    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();
}
