using System.Diagnostics;
using Npgsql;

namespace Decant.Server.Tests.Fixture;

/// <summary>
/// A PostgreSQL on a private directory and socket, which can be stopped and started. A shell guards it: when its standard
/// input ends, because the run is over or was killed, it stops the cluster and removes the directory.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // PostgreSQL refuses to run as root; the directory is then given to the user that Debian made for it.
    // Nothing here must survive a crash, so nothing is synced.
    private const string Guard = """
        set -eu
        dir=$1
        more=$2
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
        as=
        if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; as="setpriv --reuid=postgres --regid=postgres --init-groups"; fi
        cd "$dir"
        $as "$bin/initdb" -D "$dir/data" -A trust -U postgres -E UTF8 --locale=C --no-sync >/dev/null
        start() {
            $as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
                -c full_page_writes=off -c max_connections=300 -c shared_buffers=32MB $more >"$dir/log" 2>&1 &
            postgres=$!
            until $as "$bin/pg_isready" -q -h "$dir" -U postgres; do
                kill -0 $postgres || { cat "$dir/log" >&2; exit 1; }
                sleep 0.05
            done
        }
        stop() {
            kill -INT $postgres
            wait $postgres || true
        }
        start
        echo ready
        while read -r order; do
            "$order"
            echo ready
        done
        kill -0 $postgres 2>/dev/null && stop
        rm -rf "$dir"
        """;

    private readonly Process _guard;
    private readonly string _directory;
    private int _databases;

    private PostgresServer(Process guard, string directory) => (_guard, _directory) = (guard, directory);

    /// <param name="more">Options of the program beside the usual ones, such as <c>-c log_statement=all</c>.</param>
    public static async Task<PostgresServer> StartAsync(string more = "")
    {
        var directory = Directory.CreateTempSubdirectory("decant-pg-").FullName;
        // A session of its own: Ctrl-C in a terminal is for the tests, and the end of them is the guard's sign.
        var guard = Process.Start(
            new ProcessStartInfo("setsid", ["sh", "-c", Guard, "guard", directory, more])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var server = new PostgresServer(guard, directory);
        await server.ReadyAsync();
        return server;
    }

    /// <param name="template">The database that it is a copy of; nobody may be connected to that.</param>
    /// <returns>Connection string of a new database, empty without a template.</returns>
    public async Task<string> CreateDatabaseAsync(string template = "template1")
    {
        var name = $"decant_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {template}");
        return Connection(name);
    }

    /// <summary>Runs SQL, of any number of statements, in one of the databases.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(Connection(database));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>As an administrator restarts it: whoever is connected is thrown out.</summary>
    public Task StopAsync() => OrderAsync("stop");

    public Task StartAgainAsync() => OrderAsync("start");

    public async ValueTask DisposeAsync()
    {
        using (_guard)
        {
            _guard.StandardInput.Close();
            await _guard.WaitForExitAsync();
        }
    }

    // Few connections for each of many servers, and none kept after its server is gone.
    private string Connection(string database) =>
        $"Host={_directory};Username=postgres;Database={database};Maximum Pool Size=40;Connection Idle Lifetime=5;Connection Pruning Interval=5";

    private async Task OrderAsync(string order)
    {
        await _guard.StandardInput.WriteLineAsync(order);
        await _guard.StandardInput.FlushAsync();
        await ReadyAsync();
    }

    private async Task ReadyAsync()
    {
        if (await _guard.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException("PostgreSQL did not start; its messages are on standard error.");
        }
    }
}
