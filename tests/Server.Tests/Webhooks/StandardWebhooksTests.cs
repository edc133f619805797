using System.Net.Http.Json;
using System.Text.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Tests.OpenApi;

namespace Decant.Server.Tests.Webhooks;

/// <summary>Deliveries as the reference library of Standard Webhooks checks them.</summary>
[Collection<HookServers<Sqlite>>]
public sealed class StandardWebhooksTests(HookServer<Sqlite> on)
{
    private const string NoMatch = "No matching signature found";

    [Fact]
    public async Task The_reference_library_believes_what_is_sent_with_either_secret_while_one_is_rotated()
    {
        var directory = await NpmTool.PrepareAsync();
        using var http = await on.Server.NewClientAsync();
        await using var receiver = await Receiver.StartAsync(on.Server.Lab);
        try
        {
            var endpoint = await http.AddEndpointAsync(receiver.Url);
            var (id, first) = (endpoint.Number("id"), endpoint.Text("secret"));
            var alone = await TestAsync(id);
            var second = await RotateAsync(id, overlap: 3600);
            var both = await TestAsync(id);
            var third = await RotateAsync(id, overlap: 0);
            var last = await TestAsync(id);

            var verdicts = await VerifyAsync(
                directory,
                (first, alone),
                (first, alone with { Body = alone.Body + " " }),
                (first, both),
                (second, both),
                (third, last),
                (second, last)
            );

            Assert.Equal(["webhook.test", NoMatch, "webhook.test", "webhook.test", "webhook.test", NoMatch], verdicts);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        async Task<Received> TestAsync(long endpoint)
        {
            await (await http.PostAsync($"{Hooks.Endpoints}/{endpoint}/test", null)).ReadOkAsync();
            return await receiver.NextAsync();
        }

        async Task<string> RotateAsync(long endpoint, int overlap) =>
            (
                await (
                    await http.PostAsJsonAsync($"{Hooks.Endpoints}/{endpoint}/rotate-secret", new { overlap })
                ).ReadOkAsync()
            ).Text("secret");
    }

    private static async Task<string[]> VerifyAsync(
        DirectoryInfo directory,
        params (string Secret, Received Told)[] checks
    )
    {
        await File.WriteAllTextAsync(
            Path.Combine(directory.FullName, "checks.json"),
            JsonSerializer.Serialize(
                checks.Select(check => new
                {
                    secret = check.Secret,
                    // The library wants them as Node's server has them: in lower case.
                    headers = check.Told.Headers.ToDictionary(
                        header => header.Key.ToLowerInvariant(),
                        header => header.Value
                    ),
                    body = check.Told.Body,
                })
            )
        );
        return JsonSerializer.Deserialize<string[]>(
            await NpmTool.NodeAsync(directory, "verify-webhook.js", "checks.json")
        )!;
    }
}
