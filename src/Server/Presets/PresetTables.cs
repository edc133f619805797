using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Presets;

/// <summary>Table of accounts' presets.</summary>
internal static class PresetTables
{
    extension(DecantDb db)
    {
        public DbSet<Preset> Presets => db.Set<Preset>();
    }
}
