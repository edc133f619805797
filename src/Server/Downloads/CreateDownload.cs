using System.Security.Cryptography;
using Decant.Server.Accounts;
using Decant.Server.Idempotency;
using Decant.Server.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Downloads;

/// <summary><c>POST …/download</c> and <c>…/public/download</c>.</summary>
internal static class CreateDownload
{
    public static async Task<Ok<DownloadAnswer>> HandleAsync(
        DownloadRequest request,
        HttpContext context,
        DownloadReading reading,
        MediaSearch search,
        JobIntake intake,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var download = reading.Read(request, isPublic: false);
        var findings = await search.FindAsync(download, isPublic: false, cancellationToken);
        Guid? batchId = findings.IsList ? Guid.CreateVersion7() : null;
        var answer = await intake.AcceptAsync(
            new Acceptance(context.GetCaller(), findings.Media) { BatchId = batchId, Named = context.GetNamed() },
            jobs => Answer(findings, jobs, batchId, job => views.Show(job, context.Request)),
            cancellationToken
        );
        return TypedResults.Ok(answer);
    }

    public static async Task<Ok<DownloadAnswer>> HandlePublicAsync(
        DownloadRequest request,
        HttpContext context,
        DownloadReading reading,
        MediaSearch search,
        JobIntake intake,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var download = reading.Read(request, isPublic: true);
        var findings = await search.FindAsync(download, isPublic: true, cancellationToken);
        Guid? batchId = findings.IsList ? Guid.CreateVersion7() : null;
        var accessToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var answer = await intake.AcceptAsync(
            new Acceptance(Caller: null, findings.Media)
            {
                BatchId = batchId,
                AccessTokenHash = KeySecret.Hash(accessToken),
            },
            jobs => Answer(findings, jobs, batchId, job => views.ShowPublic(job, context.Request, accessToken)),
            cancellationToken
        );
        return TypedResults.Ok(answer);
    }

    private static DownloadAnswer Answer(
        Findings findings,
        IReadOnlyList<Job> jobs,
        Guid? batchId,
        Func<Job, JobView> show
    ) =>
        new()
        {
            Job = show(jobs[0]),
            EstimatedCredits = findings.Credits,
            BatchId = batchId,
            Jobs = findings.IsList ? [.. jobs.Select(show)] : null,
            Errors = findings.IsList ? findings.Errors : null,
        };
}
