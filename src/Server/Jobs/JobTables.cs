using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs;

/// <summary>Table of jobs.</summary>
internal static class JobTables
{
    extension(DecantDb db)
    {
        public DbSet<Job> Jobs => db.Set<Job>();
    }
}
