using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Jobs;

[PostgresOnly]
internal sealed class PostgresJobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> job) => job.Property(one => one.Request).HasColumnType("jsonb");
}
