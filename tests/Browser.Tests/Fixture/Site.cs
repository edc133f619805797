using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Decant.Lab;
using Decant.Server.Tests.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Decant.Browser.Tests.Fixture;

/// <summary>
/// The real server with the built page, on a port, a directory and a database of its own, with the lab as its internet.
/// Rate limits are off unless a setting turns one on.
/// </summary>
public class Site : IAsyncLifetime
{
    /// <summary>API key of the administrator.</summary>
    public const string Key = "ap_test_key_of_the_administrator";

    private readonly string _directory = Directory.CreateTempSubdirectory("decant-page-").FullName;

    // Known beforehand: the server is to come back at the address that the browser knows.
    private readonly Uri _address = new($"http://127.0.0.1:{Ports.Take()}");
    private WebApplication? _app;

    public static string BuiltPage { get; } = Path.Combine(Repository.Root, "artifacts", "web");

    public Uri Address => _address;

    public LabInternet Lab { get; private set; } = null!;

    /// <summary>Sends the administrator's key, for what a test prepares past the page.</summary>
    public HttpClient Http { get; private set; } = null!;

    public string DataDirectory => _directory;

    /// <summary>Everything that its log says.</summary>
    public WatchedLog Log { get; } = new();

    public IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <summary>Settings of this class of tests, such as <c>RateLimits:Info=2</c>; they win over the fixture's own.</summary>
    protected virtual IEnumerable<string> Settings => [];

    /// <summary>Rate limits hold for the request, as for people; the document says which.</summary>
    protected virtual bool IsLimited => false;

    /// <summary>True where any of its tests is asked for; those that are not are skipped, and want no server.</summary>
    protected virtual bool IsWanted => true;

    public virtual async ValueTask InitializeAsync()
    {
        if (!IsWanted)
        {
            return;
        }

        Assert.True(
            File.Exists(Path.Combine(BuiltPage, "index.html")),
            "The page is not built (artifacts/web): ./decant test builds it where node 18 or newer and npm are."
        );
        Lab = await Fixture.Lab.Internet;
        ExtractorIndex.ShareWith(_directory);
        Arguments =
        [
            $"--urls={_address.GetLeftPart(UriPartial.Authority)}",
            $"--data={_directory}",
            $"--Web:Folder={BuiltPage}",
            "--Egress:AllowedNetworks:0=127.0.0.0/8",
            $"--Egress:Proxy={Lab.Proxy}",
            $"--Egress:CaFile={Lab.CaFile}",
            "--Extractor:WarmUp=false",
            "--Jobs:StopGrace=00:00:00",
            "--Jobs:DiskReserve=0",
            .. (IsLimited ? [] : Unlimited).Select(limit => $"--RateLimits:{limit}=0"),
            .. Settings.Select(setting => $"--{setting}"),
        ];
        Http = new HttpClient { BaseAddress = _address, DefaultRequestHeaders = { { "X-API-Key", Key } } };
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync();
        // None where nothing was wanted of it.
        Http?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The address of something that the lab's media origin answers.</summary>
    public string Origin(string path) => new Uri(Lab.PublicOrigin, path).AbsoluteUri;

    public virtual async Task StartAsync()
    {
        _app = Decant.Server.Program.Build([.. Arguments, $"--Accounts:BootstrapKey={Key}"]);
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        await _app.StartAsync();
    }

    public virtual async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>Posts JSON in the wire's words, and expects to be answered.</summary>
    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Waits until a job has ended, however it did.</summary>
    public async Task EndOfAsync(long id)
    {
        await using var stream = await Http.GetStreamAsync($"/api/v1/video/video-download/jobs/{id}/events");
        using var reader = new StreamReader(stream);
        // It ends with the job.
        await reader.ReadToEndAsync();
    }

    private static IEnumerable<string> Unlimited =>
        [
            "PublicInfo",
            "PublicDownload",
            "Info",
            "Preview",
            "Download",
            "Bulk",
            "JobStatus",
            "JobManagement",
            "Account",
            "SignIn",
            "Unauthenticated",
        ];
}
