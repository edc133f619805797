using Decant.Server.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Data;

/// <summary>No foreign key to the job: an event outlives a job that is deleted before it was sent.</summary>
internal sealed class JobEventConfiguration : IEntityTypeConfiguration<JobEvent>
{
    public void Configure(EntityTypeBuilder<JobEvent> entry)
    {
        entry.HasIndex(one => one.JobId);
        entry.HasIndex(one => one.CreatedAt);
    }
}
