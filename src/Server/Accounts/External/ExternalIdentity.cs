namespace Decant.Server.Accounts.External;

/// <summary>Somebody whom another issuer vouches for, and the account that is theirs here.</summary>
internal sealed class ExternalIdentity
{
    /// <summary>As in the token's <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>As in the token's <c>sub</c>: the one name that never changes hands.</summary>
    public required string Subject { get; init; }
    public long AccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
