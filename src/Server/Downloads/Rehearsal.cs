using System.Text.Json;
using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Requests;
using Decant.Server.Jobs.Views;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Downloads;

/// <summary>
/// Compiles what the first download of a young server would wait for: two thirds of its processor time went into methods of
/// the database's and JSON's libraries that are made for our types when they are first used.
/// </summary>
internal sealed class Rehearsal(
    IDbContextFactory<DecantDb> databases,
    JobViews views,
    IOptions<JsonOptions> json,
    IOptions<ExtractorSettings> settings,
    LoopServices services
) : BackgroundLoop(services)
{
    private const string Address = "https://warm.invalid/a.mp4";

    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override TimeSpan LongestPause => TimeSpan.FromMinutes(5);

    /// <summary>Completes when the first download is as quick as the next.</summary>
    public Task Done => _done.Task;

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        // A server that is seldom asked saves the memory of this, too.
        if (settings.Value.WarmUp)
        {
            var request = JsonSerializer.Deserialize<DownloadRequest>($$"""{"url":"{{Address}}"}""", _json)!;
            await AcceptAsync(request, stoppingToken);
        }

        Succeeded();
        _done.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, Time, stoppingToken);
    }

    /// <summary>Writes a job as the intake does, shows it, and takes it back.</summary>
    private async Task AcceptAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        _ = await db.Jobs.AsNoTracking().FirstOrDefaultAsync(job => job.Id < 0, cancellationToken);
        try
        {
            await db.InWriteTransactionAsync(
                async token =>
                {
                    var job = NewJob(request);
                    db.Jobs.Add(job);
                    await db.SaveChangesAsync(token);
                    JsonSerializer.SerializeToUtf8Bytes(
                        new DownloadAnswer { Job = views.Show(job, "https://warm.invalid"), EstimatedCredits = 0 },
                        _json
                    );
                    throw new TakenBackException();
                },
                cancellationToken
            );
        }
        catch (TakenBackException)
        {
            // Nothing of it was committed.
        }
    }

    private Job NewJob(DownloadRequest request) =>
        new()
        {
            TaskId = Guid.NewGuid(),
            Url = Address,
            Platform = "other",
            Format = "mp4",
            Request = request.ToWords(),
            EstimatedDuration = 1,
            Status = JobStatus.Processing,
            Stage = JobStage.Queued,
            CreatedAt = Time.GetUtcNow(),
        };

    private sealed class TakenBackException : Exception;
}
