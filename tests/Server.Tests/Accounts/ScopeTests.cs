using Decant.Server.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Tests.Accounts;

/// <summary>Walks every endpoint there is, so that one mapped tomorrow without a scope is found the same day.</summary>
public sealed class ScopeTests(OpenServerOn<Sqlite> on) : IClassFixture<OpenServerOn<Sqlite>>
{
    /// <summary>What strangers may call. Whatever else there is wants a scope.</summary>
    private static readonly string[] ForStrangers =
    [
        "/api/v1/auth/token",
        "/api/v1/auth/refresh",
        "/api/v1/auth/register",
        "/api/v1/auth/confirm",
        "/api/v1/auth/resend-confirmation",
        "/api/v1/auth/logout",
        "/api/v1/auth/session",
        "/api/v1/auth/oidc",
        "/download/",
        // Prices are no secret; of an estimate, the part that looks a URL up asks for its scope itself.
        "/api/v1/api-wallet/pricing",
        "/api/v1/api-wallet/service-types",
        "/api/v1/api-wallet/estimate",
        "/api/v1/health",
        "/api/v1/server",
        "/healthz",
        "/readyz",
        "/openapi/",
        "/docs",
        "/.well-known/",
    ];

    private readonly DecantServer _server = on.Server;

    [Fact]
    public void Every_endpoint_names_a_scope_or_is_known_to_be_for_strangers()
    {
        Assert.All(
            Endpoints(),
            endpoint =>
            {
                var scope = endpoint.Metadata.GetMetadata<RequiredScope>();
                var wantsCaller = endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null;
                Assert.True(
                    IsForStrangers(endpoint) ? scope is null && !wantsCaller : scope is not null && wantsCaller
                );
                Assert.True(scope is null || Scopes.Known.Contains(scope.Name), scope?.Name);
            }
        );
    }

    [Fact]
    public async Task Every_endpoint_refuses_a_key_that_has_every_scope_but_its_own()
    {
        var guarded = Endpoints().Where(endpoint => !IsForStrangers(endpoint)).ToList();
        var clients = new Dictionary<string, HttpClient>();
        var ada = await Person.RegisterAsync(_server);

        foreach (var endpoint in guarded)
        {
            var scope = endpoint.Metadata.GetMetadata<RequiredScope>()!.Name;
            if (!clients.TryGetValue(scope, out var http))
            {
                var others = Scopes.Known.Except([scope, Scopes.Everything, Scopes.Admin]);
                (http, _) = await ada.KeyAsync([.. others]);
                clients.Add(scope, http);
            }

            foreach (var method in MethodsOf(endpoint))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), PathOf(endpoint));
                var problem = await (await http.SendAsync(request)).ReadProblemAsync(403, "forbidden");
                Assert.Equal(scope, problem.Text("required_scope"));
            }
        }

        Assert.True(guarded.Count > 20);
    }

    [Fact]
    public async Task Every_endpoint_lets_a_key_with_its_own_scope_alone_pass()
    {
        var clients = new Dictionary<string, HttpClient>();
        foreach (var endpoint in Endpoints().Where(endpoint => !IsForStrangers(endpoint)))
        {
            var scope = endpoint.Metadata.GetMetadata<RequiredScope>()!.Name;
            if (!clients.TryGetValue(scope, out var http))
            {
                var ada = await Person.RegisterAsync(_server);
                await _server.Http.PutAsync(
                    $"{Person.Admin}/users/{ada.Id}/role",
                    JsonBody("""{"role": "administrator"}""")
                );
                (http, _) = await ada.KeyAsync(scope);
                clients.Add(scope, http);
            }

            foreach (var method in MethodsOf(endpoint))
            {
                // The body means nothing and the number is nobody's: what comes back is anything but a matter of rights.
                using var request = new HttpRequestMessage(new HttpMethod(method), PathOf(endpoint))
                {
                    Content = method is "POST" or "PUT" or "PATCH" ? JsonBody("{}") : null,
                };
                var status = (int)(await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).StatusCode;
                Assert.True(status is not (401 or 403) and < 500, $"{method} {PathOf(endpoint)}: {status}");
            }
        }
    }

    private static StringContent JsonBody(string json) => new(json, null, "application/json");

    private static bool IsForStrangers(RouteEndpoint endpoint) =>
        TemplateOf(endpoint) is var path
        && (
            path.Contains("/public/", StringComparison.Ordinal)
            || ForStrangers.Any(known =>
                path == known || path.StartsWith(known.TrimEnd('/') + "/", StringComparison.Ordinal)
            )
        );

    private static string TemplateOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static string PathOf(RouteEndpoint endpoint) =>
        string.Join(
            '/',
            TemplateOf(endpoint)
                .Split('/')
                .Select(part =>
                    !part.StartsWith('{') ? part
                    : part.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString()
                    : "987654321"
                )
        );

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods;

    private IReadOnlyList<RouteEndpoint> Endpoints() =>
        [
            .. _server
                .Get<IEnumerable<EndpointDataSource>>()
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null),
        ];
}
