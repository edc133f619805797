using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Decant.Server.Data;

// How a migration is made (both databases, each with its own folder):
//
//   export EfDesign=true     # brings the design-time packages in; see Decant.Server.csproj
//   dotnet ef migrations add NAME --project src/Server --context SqliteDb   --output-dir Data/Migrations/Sqlite
//   dotnet ef migrations add NAME --project src/Server --context PostgresDb --output-dir Data/Migrations/Postgres
//
// dotnet-ef is `dotnet tool install dotnet-ef --version 10.0.15`. No database is touched.

internal sealed class SqliteDbFactory : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class PostgresDbFactory : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=/nowhere").Options);
}
