using System.Text.Json;
using Decant.Server.Accounts;
using Decant.Server.Jobs.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Jobs;

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> job)
    {
        job.ToTable("Jobs");
        job.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Restrict);

        // One column of JSON: a new request field needs no migration, and nothing ever searches inside.
        job.Property(one => one.Request)
            .HasConversion(
                request => JsonSerializer.Serialize(request, JsonSerializerOptions.Web),
                stored => JsonSerializer.Deserialize<JobRequest>(stored, JsonSerializerOptions.Web)!
            );

        job.Property(one => one.Files)
            .HasConversion(
                files => JsonSerializer.Serialize(files, JsonSerializerOptions.Web),
                stored => JsonSerializer.Deserialize<JobFiles>(stored, JsonSerializerOptions.Web)!
            );
        job.Ignore(one => one.KeptFiles);

        // The account's list, newest first, bare and by status.
        job.HasIndex(one => new { one.AccountId, one.Id });
        job.HasIndex(one => new
        {
            one.AccountId,
            one.Status,
            one.Id,
        });
        // The few that run or wait, for the account's event stream: SQLite's planner would else read all jobs in order of Id.
        job.HasIndex(one => new { one.AccountId, one.Id }, "IX_Jobs_Processing")
            .HasFilter("\"Status\" = 'Processing'");
        // How many there are of what the list is filtered by, from the index alone.
        job.HasIndex(one => new
        {
            one.AccountId,
            one.Platform,
            one.Format,
            one.Status,
        });
        // The account's list from one time to another.
        job.HasIndex(one => new { one.AccountId, one.CreatedAt });
        // What ended since a watcher last looked.
        job.HasIndex(one => new { one.AccountId, one.CompletedAt }).HasFilter("\"CompletedAt\" IS NOT NULL");
        // What has been over for so long that it goes.
        job.HasIndex(one => one.CompletedAt);
        // The sweep for jobs that a crash left behind, and the limits on jobs at once.
        job.HasIndex(one => new { one.Status, one.Stage });
        // The few that run now, counted by platform at every claim.
        job.HasIndex(one => one.Platform).HasFilter("\"RunId\" IS NOT NULL");
        // The removal of files: those that are there, and not all that ever were.
        job.HasIndex(one => one.ExpiresAt).HasFilter("\"FilesRemovedAt\" IS NULL");
        // The few that hold money now.
        job.HasIndex(one => new
            {
                one.AccountId,
                one.BilledTo,
                one.Held,
            })
            .HasFilter("\"Held\" > 0");
        job.HasIndex(one => one.TaskId).IsUnique();
        job.HasIndex(one => one.BatchId);
    }
}
