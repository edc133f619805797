using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Runs;

/// <summary>Length and size of what a run makes, held to limits and purse as they show: nothing that they do not bear is delivered (ADR 0042).</summary>
internal sealed class RunLength(
    IDbContextFactory<DecantDb> databases,
    DatabaseReturn back,
    Ledger ledger,
    Pricing pricing,
    MediaLimits limits,
    IOptions<BillingOptions> options
)
{
    /// <summary>Least step in which a length that nobody knows is held.</summary>
    private static readonly TimeSpan LeastStep = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _step =
        options.Value.UnknownDuration > LeastStep ? options.Value.UnknownDuration : LeastStep;

    /// <summary>Raises the hold to what has shown so far.</summary>
    /// <param name="job">The job as it was claimed; on return with what it holds now.</param>
    /// <param name="seen">Length and size that have shown until now.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <exception cref="MediaException"><c>too_long</c>, <c>too_large</c>.</exception>
    /// <exception cref="ApiException"><c>insufficient_credits</c>, <c>insufficient_api_balance</c>.</exception>
    public async Task EnsureAsync(Job job, RunSeen seen, CancellationToken cancellationToken)
    {
        EnsureLimits(job, seen);
        await RaiseAsync(job, Known(job, seen), cancellationToken);
        if (!seen.IsWhole && seen.Made is { } made && PriceOf(job, made) > job.Held)
        {
            await GrowAsync(job, made, cancellationToken);
        }
    }

    private void EnsureLimits(Job job, RunSeen seen)
    {
        var isPublic = job.AccountId is null;
        // All of a medium is fetched for a clip of it, and what was announced for the job is the clip's.
        limits.EnsureDelivered(ClipOf(job) is null ? job.AnnouncedLength : null, Upto(job, seen.Found), isPublic);
        limits.EnsureDelivered(job.AnnouncedLength, seen.Made, isPublic);
        limits.EnsureDelivered(seen.Bytes, isPublic);
    }

    /// <returns>Length of what is delivered, as its files say it or, once it is whole, as it is.</returns>
    private static TimeSpan? Known(Job job, RunSeen seen)
    {
        var found = Upto(job, seen.Found);
        var length =
            seen.IsWhole ? seen.Made
            : ClipOf(job) is { } clip ? clip.LengthOf(found)
            : found;
        return length is { } real ? Margin.Counted(job.AnnouncedLength, real) : null;
    }

    private static Clip? ClipOf(Job job) => Clip.Parse(job.Request.Clip?.Start, job.Request.Clip?.End);

    /// <summary>Length of a recording that is delivered: no more than was asked for, however much there is.</summary>
    private static TimeSpan? Upto(Job job, TimeSpan? found) =>
        job.Request.Recording is { MaxDuration: var most } && found?.TotalSeconds > most
            ? TimeSpan.FromSeconds(most)
            : found;

    /// <summary>A step ahead where the purse bears it, or exactly as far as it has come.</summary>
    private async Task GrowAsync(Job job, TimeSpan made, CancellationToken cancellationToken)
    {
        try
        {
            await RaiseAsync(job, made + _step, cancellationToken);
        }
        catch (ApiException shortage) when (shortage.Error.Status == ApiError.InsufficientCredits.Status)
        {
            await RaiseAsync(job, made, cancellationToken);
        }
    }

    private async Task RaiseAsync(Job job, TimeSpan? length, CancellationToken cancellationToken)
    {
        var amount = length is null ? 0 : PriceOf(job, length.Value);
        if (amount <= job.Held)
        {
            return;
        }

        var raised = await back.UntilDoneAsync(async () =>
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            return await db.InWriteTransactionAsync(
                token => ledger.RaiseAsync(db, job, amount, token),
                cancellationToken
            );
        });
        if (raised)
        {
            job.Held = amount;
        }
    }

    private long PriceOf(Job job, TimeSpan length) =>
        job.BilledTo is { } purse ? pricing.For(job.Kind, length).In(purse) : 0;
}

/// <summary>Length and size of a run's medium, as far as they have shown.</summary>
/// <param name="Found">Playing time of the medium by its playlists and indexes.</param>
/// <param name="Made">Playing time of what has been made.</param>
/// <param name="Bytes">Bytes received, or of the finished files.</param>
/// <param name="IsWhole">True where all of it has been made.</param>
internal sealed record RunSeen(TimeSpan? Found, TimeSpan? Made, long Bytes, bool IsWhole)
{
    public static readonly RunSeen Nothing = new(null, null, 0, false);
}
