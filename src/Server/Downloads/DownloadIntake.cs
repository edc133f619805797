using Decant.Server.Accounts;
using Decant.Server.Jobs;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Downloads;

/// <summary>Takes a download of somebody with a credential: looks it up, queues its jobs, answers; once, however often it is sent.</summary>
internal sealed class DownloadIntake(MediaSearch search, JobIntake jobs, JobViews views, IdempotentAnswers answers)
{
    /// <param name="context">The request.</param>
    /// <param name="operation">What is asked for, for requests that are named.</param>
    /// <param name="request">The body, as it was understood.</param>
    /// <param name="download">What it says.</param>
    /// <param name="cancellationToken">Gives up, until it is accepted.</param>
    public Task<DownloadAnswer> AcceptAsync<TRequest>(
        HttpContext context,
        string operation,
        TRequest request,
        Download download,
        CancellationToken cancellationToken
    ) =>
        answers.AnswerAsync(
            context,
            operation,
            request,
            async named =>
            {
                var findings = await search.FindAsync(download, isPublic: false, cancellationToken);
                Guid? batchId = findings.IsList ? Guid.CreateVersion7() : null;
                return await jobs.AcceptAsync(
                    new Acceptance(context.GetCaller(), findings.Media) { BatchId = batchId, Named = named },
                    accepted => DownloadAnswer.Of(findings, accepted, batchId, job => views.Show(job, context.Request)),
                    cancellationToken
                );
            },
            cancellationToken
        );
}
