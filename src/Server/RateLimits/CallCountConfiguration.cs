using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.RateLimits;

/// <summary>Table of counted calls on PostgreSQL; on SQLite, where there is one node, calls are counted in memory.</summary>
[PostgresOnly]
internal sealed class CallCountConfiguration : IEntityTypeConfiguration<CallCount>
{
    public void Configure(EntityTypeBuilder<CallCount> calls)
    {
        calls.ToTable("CallCounts");
        calls.IsUnlogged();
        calls.HasKey(count => new { count.Client, count.Limit });
    }
}
