using Decant.Server.Accounts;
using Decant.Server.Idempotency;
using Decant.Server.Jobs.Intake;
using Decant.Server.Jobs.Views;
using Decant.Server.Platforms;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Downloads;

/// <summary>Takes a download of somebody with a credential: looks it up, queues its jobs, answers.</summary>
internal sealed class DownloadIntake(MediaSearch search, JobIntake jobs, JobViews views)
{
    /// <param name="context">The request.</param>
    /// <param name="download">Request of the download.</param>
    /// <param name="cancellationToken">Token that ends it, until it is accepted.</param>
    public async Task<DownloadAnswer> AcceptAsync(
        HttpContext context,
        Download download,
        CancellationToken cancellationToken
    )
    {
        using var turns = new LookUpTurns();
        var findings = await search.FindAsync(
            download,
            Asker.Of(context.GetCaller().AccountId),
            turns,
            cancellationToken
        );
        Guid? batchId = findings.IsList ? Guid.CreateVersion7() : null;
        return await jobs.AcceptAsync(
            new Acceptance(context.GetCaller(), findings.Media) { BatchId = batchId, Named = context.GetNamed() },
            accepted => DownloadAnswer.Of(findings, accepted, batchId, job => views.Show(job, context.Request)),
            cancellationToken
        );
    }
}
