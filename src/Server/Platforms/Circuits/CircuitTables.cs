using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Platforms.Circuits;

/// <summary>Table of circuits.</summary>
internal static class CircuitTables
{
    extension(DecantDb db)
    {
        public DbSet<PlatformCircuit> PlatformCircuits => db.Set<PlatformCircuit>();
    }
}
