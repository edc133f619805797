namespace Decant.Server.Accounts.Tokens;

/// <summary>A session as its owner sees it: everything but its secret.</summary>
/// <param name="Id">Id of the session.</param>
/// <param name="Kind"><c>browser</c> for the page, <c>token</c> for a program, <c>link</c> for a sign-in link that nobody has used yet.</param>
/// <param name="Current">True for the session of this very call.</param>
/// <param name="Address">Client's address at the sign-in; null where it is not known.</param>
/// <param name="UserAgent">Program that signed in, as it calls itself; null where it is not known.</param>
/// <param name="CreatedAt">Time of the sign-in (UTC).</param>
/// <param name="ExpiresAt">End of the session (UTC), should it not be used until then.</param>
internal sealed record SessionView(
    Guid Id,
    SessionKind Kind,
    bool Current,
    string? Address,
    string? UserAgent,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt
)
{
    public static SessionView Of(Session session, Guid? current) =>
        new(
            session.Id,
            session.Kind,
            session.Id == current,
            session.Address,
            session.UserAgent,
            session.CreatedAt,
            session.ExpiresAt
        );
}
