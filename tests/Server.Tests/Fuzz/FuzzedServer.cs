using System.Text;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Fuzz;

/// <summary>A server that anybody may register at, and what it says of itself.</summary>
public sealed class FuzzedServer : IAsyncDisposable
{
    private readonly DecantServer _server;

    private FuzzedServer(DecantServer server, Targets targets, JsonNode document)
    {
        _server = server;
        Targets = targets;
        Operations = Operation.All(document);
        Http = new HttpClient(
            new DocumentedAnswers(
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
                }
            )
        )
        {
            BaseAddress = server.Http.BaseAddress,
        };
    }

    internal HttpClient Http { get; }

    internal Targets Targets { get; }

    internal IReadOnlyList<Operation> Operations { get; }

    public static async Task<FuzzedServer> StartAsync<TDatabase>()
        where TDatabase : ITestDatabase
    {
        var server = await DecantServer.StartAsync<TDatabase>(
            "Accounts:AllowSignUp=true",
            "Accounts:MaxFailedSignIns=1000",
            "Jobs:Workers=1"
        );
        try
        {
            var document = JsonNode.Parse(await server.Public.GetStringAsync("/openapi/v1.json"))!;
            return new FuzzedServer(server, await Targets.PrepareAsync(server), document);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>As the one who did all that: their key is still good.</summary>
    internal Task<HttpResponseMessage> AskAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-API-Key", Targets.KeyFor(Operations.First(one => !one.IsAdministration)));
        return Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }
}

public sealed class FuzzedOn<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    private FuzzedServer? _server;

    public FuzzedServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await FuzzedServer.StartAsync<TDatabase>();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
