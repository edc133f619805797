namespace Decant.Server.Accounts.External;

/// <summary>Person whom another issuer vouches for, and the account that is theirs here.</summary>
internal sealed class ExternalIdentity
{
    /// <summary>Issuer: the token's <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>Subject: the token's <c>sub</c>, the only identifier that is never given to somebody else.</summary>
    public required string Subject { get; init; }
    public long AccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
