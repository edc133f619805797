using System.Net.Http.Json;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Webhooks;

public abstract class SecretTests(DecantServer server) : HookTests(server)
{
    [Fact]
    public async Task A_rotated_secret_and_the_one_before_both_sign_by_the_standard_until_the_old_one_expires()
    {
        var endpoint = await Http.AddEndpointAsync(Receiver.Url);
        var (id, old) = (endpoint.Number("id"), endpoint.Text("secret"));

        var rotated = (await (await RotateAsync(id, new { overlap = 3600 })).ReadOkAsync()).Text("secret");
        await Http.PostAsync($"{Hooks.Endpoints}/{id}/test", null);
        var both = await Receiver.NextAsync();
        var latest = (await (await RotateAsync(id, new { overlap = 0 })).ReadOkAsync()).Text("secret");
        await Http.PostAsync($"{Hooks.Endpoints}/{id}/test", null);
        var one = await Receiver.NextAsync();

        // The hosted service's verifiers read one signature.
        Assert.Equal(both.SignatureWith(rotated), both.Headers["X-AudioPod-Signature"]);
        Assert.Equal(
            $"{both.StandardSignatureWith(rotated)} {both.StandardSignatureWith(old)}",
            both.Headers["webhook-signature"]
        );
        Assert.Equal(one.SignatureWith(latest), one.Headers["X-AudioPod-Signature"]);
        Assert.Equal(one.StandardSignatureWith(latest), one.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task A_secret_that_claims_to_be_base64_and_is_not_is_refused()
    {
        var answer = await Http.PostAsJsonAsync(
            Hooks.Endpoints,
            new { url = Receiver.Url, secret = "whsec_this-is-not-base64" }
        );

        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]!["secret"]);
    }

    [Fact]
    public async Task Secrets_are_shown_once_and_lie_encrypted()
    {
        var endpoint = await Http.AddEndpointAsync(Receiver.Url);

        var list = await (await Http.GetAsync(Hooks.Endpoints)).ReadOkAsync();

        Assert.Null(list["items"]![0]!["secret"]);
        await using var db = await Server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var stored = await db.WebhookEndpoints.SingleAsync(one => one.Id == endpoint.Number("id"));
        Assert.DoesNotContain(endpoint.Text("secret"), stored.Secret, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> RotateAsync(long id, object request) =>
        Http.PostAsJsonAsync($"{Hooks.Endpoints}/{id}/rotate-secret", request);
}

[Collection<HookServers<Sqlite>>]
public sealed class SecretsOnSqlite(HookServer<Sqlite> on) : SecretTests(on.Server);

[Collection<HookServers<Postgres>>]
public sealed class SecretsOnPostgres(HookServer<Postgres> on) : SecretTests(on.Server);
