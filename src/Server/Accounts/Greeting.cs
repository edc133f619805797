using Decant.Server.Accounts.Browser;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts;

/// <summary>Greeting on standard output once the server listens: its address, the administrator's key, and a line to try where requests are answered.</summary>
internal sealed class Greeting(
    IServer server,
    FirstAdministrator administrator,
    SignInLinks links,
    IOptions<AccountOptions> accounts,
    IOptions<NodeOptions> node,
    IHostApplicationLifetime lifetime
) : IHostedService
{
    private string? _link;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _link =
            administrator.NewKey is null || !node.Value.AnswersRequests
                ? null
                : await links.CreateForAdministratorAsync(cancellationToken);
        lifetime.ApplicationStarted.Register(Print);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1";
        Console.Out.WriteLine(node.Value.AnswersRequests ? DescribeAll(address) : DescribeWorker(address));
        Console.Out.Flush();
    }

    private string DescribeAll(string address)
    {
        var key = administrator.NewKey ?? "$DECANT_KEY";
        return $$"""
            Decant listens on {{address}} (the API to try: {{address}}/docs)
            Administrator's key: {{DescribeKey()}}{{DescribeLink(address)}}{{DescribeTrust()}}
              curl -s {{address}}/api/v1/video/info -H 'X-API-Key: {{key}}' -H 'Content-Type: application/json' -d '{"url": "https://www.youtube.com/watch?v=jNQXAC9IVRw"}'
            """.Replace("'X-API-Key: $DECANT_KEY'", "\"X-API-Key: $DECANT_KEY\"", StringComparison.Ordinal);
    }

    private string DescribeWorker(string address) =>
        $"""
            Decant listens on {address} (a worker: /healthz, /readyz and /metrics; requests go to nodes of another role)
            Administrator's key: {DescribeKey()}
            """;

    private string DescribeLink(string address) =>
        _link is null
            ? ""
            : $"{Environment.NewLine}Sign in once, within 15 minutes: {address}/sign-in#link={_link} (`decant link` prints another)";

    private string DescribeTrust() =>
        accounts.Value is { TrustedNetworks: { Length: > 0 } networks, TrustedAs: var account }
            ? $"{Environment.NewLine}WITHOUT SIGNING IN, everybody from {string.Join(", ", networks)} is {account} (Accounts__TrustedNetworks)"
            : "";

    private string DescribeKey() =>
        administrator.NewKey is { } made ? $"{made} (keep it, it is not shown again)"
        : accounts.Value.BootstrapKey is not null ? "the one in Accounts__BootstrapKey"
        : "as printed on the first start";
}
