using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Jobs;

namespace Decant.Server.Billing;

/// <summary>The only writer of ledger entries. Every method works inside the caller's open transaction on <c>db</c> and saves nothing beyond it.</summary>
internal sealed class Ledger(TimeProvider time)
{
    /// <summary>Takes <paramref name="amount"/> out of the purse for a job, in one conditional update.</summary>
    /// <exception cref="Errors.ApiException"><c>insufficient_credits</c> or <c>insufficient_api_balance</c>, with what is needed and what is there.</exception>
    public Task HoldAsync(DecantDb db, Caller caller, long amount, long jobId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Gives a job's hold back whole. Nothing happens when it holds nothing any more.</summary>
    public Task ReleaseAsync(DecantDb db, Job job, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Turns a job's hold into a charge of what was delivered: the rest of the hold goes back; more than the hold is taken as far as the purse has it.</summary>
    /// <returns>What was charged.</returns>
    public Task<long> SettleAsync(DecantDb db, Job job, long amount, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Adds to a purse.</summary>
    public Task GrantAsync(
        DecantDb db,
        long accountId,
        Purse purse,
        long amount,
        string note,
        CancellationToken cancellationToken
    ) => throw new NotImplementedException();
}
