using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

internal static class DataServices
{
    /// <summary>
    /// The database: SQLite under <c>--data</c>, or PostgreSQL where <c>ConnectionStrings__Decant</c> is set. Requests take a
    /// <see cref="DecantDb"/> from their scope; everyone else an <c>IDbContextFactory&lt;DecantDb&gt;</c>.
    /// </summary>
    public static void AddData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => new DataDirectory(builder.Configuration["data"] ?? "data"));
        services.AddSingleton<DatabaseReturn>();
        builder.AddSettings<DatabaseOptions>("Database");
        services.AddHostedService<DataMigration>();
        services.AddSingleton<SharedSecrets>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedSecrets>());

        var connection = PostgresConnection.Of(builder.Configuration);
        if (connection is null)
        {
            services.AddSingleton<SqliteWriters>();
            services.AddSingleton<SqliteSession>();
            services.AddPooledDbContextFactory<SqliteDb>(
                (provider, options) =>
                    options
                        .UseSqlite(
                            new SqliteConnectionStringBuilder
                            {
                                DataSource = provider.GetRequiredService<DataDirectory>().Database,
                            }.ToString()
                        )
                        .AddInterceptors(provider.GetRequiredService<SqliteSession>())
            );
            services.UseDb<SqliteDb>();
        }
        else
        {
            services.AddPooledDbContextFactory<PostgresDb>(options => options.UseNpgsql(connection));
            services.UseDb<PostgresDb>();
        }
    }

    /// <summary>Whether several nodes may share the database.</summary>
    public static bool UsesPostgres(this WebApplicationBuilder builder) =>
        PostgresConnection.Of(builder.Configuration) is not null;

    private static void UseDb<TDb>(this IServiceCollection services)
        where TDb : DecantDb
    {
        services.AddSingleton<IDbContextFactory<DecantDb>, DecantDbFactory<TDb>>();
        services.AddScoped<DecantDb>(provider =>
            provider.GetRequiredService<IDbContextFactory<TDb>>().CreateDbContext()
        );
    }

    private sealed class DecantDbFactory<TDb>(IDbContextFactory<TDb> inner) : IDbContextFactory<DecantDb>
        where TDb : DecantDb
    {
        public DecantDb CreateDbContext() => inner.CreateDbContext();
    }
}
