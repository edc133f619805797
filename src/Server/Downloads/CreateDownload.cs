using System.Security.Cryptography;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Idempotency;
using Decant.Server.Jobs.Intake;
using Decant.Server.Jobs.Views;
using Decant.Server.Platforms;
using Decant.Server.RateLimits;
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
        DownloadIntake intake,
        CancellationToken cancellationToken
    )
    {
        var download = await reading.ReadAsync(request, context.GetCaller().AccountId, cancellationToken);
        return TypedResults.Ok(await intake.AcceptAsync(context, download, cancellationToken));
    }

    public static async Task<Ok<DownloadAnswer>> HandlePublicAsync(
        DownloadRequest request,
        HttpContext context,
        DownloadReading reading,
        MediaSearch search,
        PublicQueue queue,
        DecantDb db,
        JobIntake intake,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var download = await reading.ReadAsync(request, account: null, cancellationToken);
        await queue.EnsureRoomAsync(db, jobs: 1, cancellationToken);
        using var turns = new LookUpTurns();
        var findings = await search.FindAsync(
            download,
            Asker.Stranger(ClientId.Of(context, RateLimit.PublicDownload)),
            turns,
            cancellationToken
        );
        Guid? batchId = findings.IsList ? Guid.CreateVersion7() : null;
        var accessToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var answer = await intake.AcceptAsync(
            new Acceptance(Caller: null, findings.Media)
            {
                BatchId = batchId,
                AccessTokenHash = KeySecret.Hash(accessToken),
            },
            jobs =>
                DownloadAnswer.Of(findings, jobs, batchId, job => views.ShowPublic(job, context.Request, accessToken)),
            cancellationToken
        );
        return TypedResults.Ok(answer);
    }
}
