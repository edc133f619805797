using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Tokens;

/// <summary>Tables of sessions and of sign-ins.</summary>
internal static class SessionTables
{
    extension(DecantDb db)
    {
        public DbSet<Session> Sessions => db.Set<Session>();
        public DbSet<RefreshToken> RefreshTokens => db.Set<RefreshToken>();

        /// <summary>Sessions of an account that go on, and links that wait to be used.</summary>
        public IQueryable<Session> OpenSessionsOf(long accountId, DateTimeOffset now) =>
            db.Set<Session>()
                .Where(session =>
                    session.AccountId == accountId && session.RevokedAt == null && session.ExpiresAt > now
                )
                // A link that was used up has begun another session.
                .Where(session =>
                    session.Kind != SessionKind.Link
                    || db.Set<RefreshToken>().Any(token => token.SessionId == session.Id && token.UsedAt == null)
                );

        public DbSet<SignInAttempts> SignInAttempts => db.Set<SignInAttempts>();
    }
}
