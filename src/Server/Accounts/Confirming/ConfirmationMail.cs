namespace Decant.Server.Accounts.Confirming;

/// <summary>
/// A mail about an address that is to be confirmed: written in the transaction that asks for it, sent by <see cref="ConfirmationMails"/>,
/// and kept for a day, so that no address gets more than so many. What it says is decided when it is sent.
/// </summary>
internal sealed class ConfirmationMail
{
    public long Id { get; init; }
    public required string Address { get; init; }
    public required string NormalizedAddress { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Time (UTC) of the next attempt; null once it is sent, given up, or there was nothing to say.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Number of the mail for the log, without the address.</summary>
    public override string ToString() => $"mail {Id}";
}
