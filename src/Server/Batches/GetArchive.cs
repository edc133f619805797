using Decant.Server.Accounts;
using Decant.Server.Batches.Zip;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Files;
using Decant.Server.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Batches;

/// <summary><c>GET …/batches/{id}/archive</c>, and the same by the signed link that the batch shows.</summary>
internal static class GetArchive
{
    public static async Task<IResult> HandleAsync(
        Guid id,
        HttpContext context,
        DecantDb db,
        BatchArchive archive,
        CancellationToken cancellationToken
    ) =>
        await AnswerAsync(
            id,
            await db.GetOwnBatchAsync(context.GetCaller(), id, cancellationToken),
            archive,
            cancellationToken
        );

    public static async Task<IResult> HandleLinkAsync(
        Guid id,
        string? expires,
        string? signature,
        FileLinks links,
        DecantDb db,
        BatchArchive archive,
        CancellationToken cancellationToken
    )
    {
        if (!links.IsValid(FileLinks.ArchiveName(id), expires, signature))
        {
            throw new ApiException(
                ApiError.BadSignature,
                "The link is changed or expired. Ask for the batch again: it has a fresh one while its files are kept."
            );
        }

        // One batch, one owner: whoever was shown the link was shown it as that.
        var jobs = await db
            .Jobs.AsNoTracking()
            .Where(job => job.BatchId == id)
            .OrderBy(job => job.Id)
            .ToListAsync(cancellationToken);
        return await AnswerAsync(id, jobs, archive, cancellationToken);
    }

    private static async Task<IResult> AnswerAsync(
        Guid id,
        IReadOnlyList<Job> jobs,
        BatchArchive archive,
        CancellationToken cancellationToken
    )
    {
        var files = await archive.FilesOfAsync(jobs, cancellationToken);
        if (files.Count > 0)
        {
            return new FileAnswer(
                new StoredFile(
                    new ZipContent(files),
                    "application/zip",
                    BatchArchive.NameOf(id, jobs),
                    BatchArchive.KeyOf(id, files),
                    DownloadFile.WholeSeconds(files.Max(file => file.Time))
                )
            );
        }

        throw jobs.Any(job => job.Status == JobStatus.Processing)
            ? new ApiException(
                ApiError.WrongState,
                $"No file of batch {id} is finished yet. Ask again when its counts.completed is above 0."
            )
            : new ApiException(ApiError.NotFound, $"No file of batch {id} is kept (any more).");
    }
}
