using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Idempotency;

/// <summary>Table of named requests.</summary>
internal static class IdempotencyTables
{
    extension(DecantDb db)
    {
        public DbSet<IdempotencyRecord> IdempotencyRecords => db.Set<IdempotencyRecord>();
    }
}
