using System.Net.Http.Json;
using Decant.Lab;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Decant.Server.Tests.Fixture;

/// <summary>
/// The real server on a port, a data directory and a database of its own, with the lab as its internet.
/// Rate limits are off unless a setting turns one on.
/// </summary>
public sealed class DecantServer : IAsyncDisposable
{
    public const string Key = "ap_test_key_of_the_administrator";

    private const string DatabaseSetting = "--ConnectionStrings:Decant=";

    private readonly string _directory = Directory.CreateTempSubdirectory("decant-test-").FullName;
    private WebApplication? _app;

    private DecantServer(LabInternet lab, string connection, IEnumerable<string> settings)
    {
        Lab = lab;
        // An extractor of its own has an index of its own, which would take the place of that for all others.
        if (!settings.Any(one => one.StartsWith("Extractor:Folder=", StringComparison.Ordinal)))
        {
            ExtractorIndex.ShareWith(_directory);
        }

        Arguments =
        [
            "--urls=http://127.0.0.1:0",
            $"--data={_directory}",
            $"{DatabaseSetting}{connection}",
            $"--Accounts:BootstrapKey={Key}",
            "--Egress:AllowedNetworks:0=127.0.0.0/8",
            $"--Egress:Proxy={lab.Proxy}",
            $"--Egress:CaFile={lab.CaFile}",
            // Most tests look nothing up, and an extractor costs a second and a half of a core.
            "--Extractor:WarmUp=false",
            // Tests stop servers in the middle of jobs, and fill small disks.
            "--Jobs:StopGrace=00:00:00",
            "--Jobs:DiskReserve=0",
            "--RateLimits:PublicInfo=0",
            "--RateLimits:PublicDownload=0",
            "--RateLimits:Info=0",
            "--RateLimits:Preview=0",
            "--RateLimits:Download=0",
            "--RateLimits:Bulk=0",
            "--RateLimits:JobStatus=0",
            "--RateLimits:JobManagement=0",
            "--RateLimits:Account=0",
            "--RateLimits:SignIn=0",
            "--RateLimits:Unauthenticated=0",
            .. SharedStorage(settings),
            .. settings.Select(setting => $"--{setting}"),
        ];
    }

    public LabInternet Lab { get; }

    /// <summary>Sends the administrator's key.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>Sends no credential.</summary>
    public HttpClient Public { get; private set; } = new();

    public string DataDirectory => _directory;

    /// <summary>What it is started with, for a test that starts it as a process of its own.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The server's parts, for what the wire does not show.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <param name="settings">Such as <c>RateLimits:Info=2</c>; they win over the fixture's own.</param>
    public static async Task<DecantServer> StartAsync<TDatabase>(params string[] settings)
        where TDatabase : ITestDatabase
    {
        var server = await PrepareAsync<TDatabase>(settings);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server with its directory and database, not started yet.</summary>
    public static async Task<DecantServer> PrepareAsync<TDatabase>(params string[] settings)
        where TDatabase : ITestDatabase
    {
        var server = new DecantServer(await Fixture.Lab.Internet, await TDatabase.CreateAsync(), settings);
        if (server.IsOnSqlite)
        {
            await MigratedFile.CopyToAsync(server.DataDirectory);
        }

        return server;
    }

    /// <summary>Stops the server and starts another on the same directory and database.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Posts JSON in the wire's words.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, object body) => Http.PostAsJsonAsync(path, body);

    public TService Get<TService>()
        where TService : notnull => Services.GetRequiredService<TService>();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public async Task StartAsync()
    {
        _app = Program.Build([QuickPasswords.Setting, .. Arguments]);
        try
        {
            await _app.StartAsync();
        }
        catch
        {
            // A host that did not start cannot be stopped.
            await _app.DisposeAsync();
            _app = null;
            throw;
        }

        var address = new Uri(_app.Urls.Single());
        Public = new HttpClient(new DocumentedAnswers()) { BaseAddress = address };
        Http = new HttpClient(new DocumentedAnswers())
        {
            BaseAddress = address,
            DefaultRequestHeaders = { { "X-API-Key", Key } },
        };
    }

    /// <summary>The last setting of the database is the one that counts.</summary>
    private bool IsOnSqlite =>
        Arguments.Last(one => one.StartsWith(DatabaseSetting, StringComparison.Ordinal)).Length
        == DatabaseSetting.Length;

    /// <summary>Nodes that are told their database by name have a storage to share: a directory that goes with the database's own.</summary>
    private static IEnumerable<string> SharedStorage(IEnumerable<string> settings)
    {
        const string setting = "ConnectionStrings:Decant=";
        if (settings.FirstOrDefault(one => one.StartsWith(setting, StringComparison.Ordinal)) is { } named)
        {
            var database = new NpgsqlConnectionStringBuilder(named[setting.Length..]);
            if (!Directory.Exists(database.Host))
            {
                yield break;
            }

            yield return "--Storage:IsShared=true";
            yield return $"--Storage:Path={Path.Combine(database.Host, $"files-{database.Database}")}";
        }
    }

    private async Task StopAsync()
    {
        Http.Dispose();
        Public.Dispose();
        if (_app is { } app)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
