using System.Diagnostics;
using Decant.Server.Tests.Fixture;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Decant.Server.Tests.Fixture;

/// <summary>
/// A PostgreSQL of the test run's own, on a private directory and socket, started when the first test wants it.
/// A shell guards it: when its standard input ends, because the run is over or was killed, it stops the cluster and
/// removes the directory.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    // PostgreSQL refuses to run as root; the directory is then given to the user that Debian made for it.
    // Nothing here must survive a crash, so nothing is synced.
    private const string Guard = """
        set -eu
        dir=$1
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
        as=
        if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; as="setpriv --reuid=postgres --regid=postgres --init-groups"; fi
        cd "$dir"
        $as "$bin/initdb" -D "$dir/data" -A trust -U postgres -E UTF8 --locale=C --no-sync >/dev/null
        $as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
            -c full_page_writes=off -c max_connections=300 -c shared_buffers=32MB >"$dir/log" 2>&1 &
        postgres=$!
        until $as "$bin/pg_isready" -q -h "$dir" -U postgres; do
            kill -0 $postgres || { cat "$dir/log" >&2; exit 1; }
            sleep 0.05
        done
        echo ready
        cat >/dev/null
        kill -INT $postgres
        wait $postgres || true
        rm -rf "$dir"
        """;

    private static readonly Lazy<Task<PostgresCluster>> One = new(StartAsync);
    private static int s_databases;

    private Process? _guard;
    private string _directory = "";

    /// <returns>Connection string of a new, empty database.</returns>
    public static async Task<string> CreateDatabaseAsync()
    {
        var cluster = await One.Value;
        var name = $"decant_{Interlocked.Increment(ref s_databases)}";
        await using var source = NpgsqlDataSource.Create(cluster.Connection("postgres"));
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return cluster.Connection(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (!One.IsValueCreated)
        {
            return;
        }

        using var guard = (await One.Value)._guard!;
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
    }

    private static async Task<PostgresCluster> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("decant-pg-").FullName;
        // A session of its own: Ctrl-C in a terminal is for the tests, and the end of them is the guard's sign.
        var guard = Process.Start(
            new ProcessStartInfo("setsid", ["sh", "-c", Guard, "guard", directory])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        if (await guard.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException("PostgreSQL did not start; its messages are on standard error.");
        }

        return new PostgresCluster { _guard = guard, _directory = directory };
    }

    // Few connections for each of many servers, and none kept after its server is gone.
    private string Connection(string database) =>
        $"Host={_directory};Username=postgres;Database={database};Maximum Pool Size=40;Connection Idle Lifetime=5;Connection Pruning Interval=5";
}
