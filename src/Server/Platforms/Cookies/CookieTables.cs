using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Platforms.Cookies;

/// <summary>Table of platforms' cookies.</summary>
internal static class CookieTables
{
    extension(DecantDb db)
    {
        public DbSet<StoredCookies> PlatformCookies => db.Set<StoredCookies>();
    }
}
