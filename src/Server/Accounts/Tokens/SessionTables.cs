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
        public DbSet<SignInAttempts> SignInAttempts => db.Set<SignInAttempts>();
    }
}
