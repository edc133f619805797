using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Upkeep;

/// <summary>Table of look-ups.</summary>
internal static class UpkeepTables
{
    extension(DecantDb db)
    {
        public DbSet<LookUpDay> LookUpDays => db.Set<LookUpDay>();
    }
}
