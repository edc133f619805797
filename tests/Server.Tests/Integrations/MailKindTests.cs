using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Tests.Webhooks;

namespace Decant.Server.Tests.Integrations;

/// <summary>Webhooks of the kind <c>mail</c>, by a real mail server.</summary>
public sealed class MailKindTests(MailServerOn<Sqlite> on) : IClassFixture<MailServerOn<Sqlite>>
{
    [Fact]
    public async Task An_account_is_mailed_that_its_file_is_ready_and_where()
    {
        var (http, email) = await NewPersonAsync();
        var endpoint = await (await http.PostAsJsonAsync(Hooks.Endpoints, new { kind = "mail" })).ReadOkAsync();

        var job = await http.CompletionOfAsync(
            await http.StartAsync(new { url = on.Server.Origin("media/small.mp4?mail"), format = "mp3" })
        );
        var letter = await on.Mail.NextAsync(email);
        var test = await (await http.PostAsync($"{Hooks.Endpoints}/{endpoint.Number("id")}/test", null)).ReadOkAsync();

        Assert.Equal($"mailto:{email}", endpoint.Text("url"));
        Assert.Contains("is ready", letter.Subject, StringComparison.Ordinal);
        var link = letter
            .Text.Split('\n')
            .Select(line => line.Trim())
            .Single(line => line.StartsWith("https://", StringComparison.Ordinal));
        var file = await on.Server.Public.GetByteArrayAsync(new Uri(link).PathAndQuery);
        Assert.Equal(job.Number("file_size"), file.Length);
        Assert.Equal("delivered", test.Text("status"));
        Assert.Equal("Decant", (await on.Mail.NextAsync(email)).Subject);
    }

    [Fact]
    public async Task Nobody_elses_address_is_mailed()
    {
        var (http, _) = await NewPersonAsync();

        var refusal = await http.PostAsJsonAsync(
            Hooks.Endpoints,
            new { kind = "mail", url = "mailto:ada@example.org" }
        );

        Assert.NotNull((await refusal.ReadProblemAsync(400, "invalid_request"))["errors"]!["url"]);
    }

    private async Task<(HttpClient Http, string Email)> NewPersonAsync()
    {
        var (email, password) = ($"{Guid.NewGuid():N}@example.org", "river otter lantern");
        await (
            await on.Server.Public.PostAsJsonAsync($"{Person.Auth}/register", new { email, password })
        ).ReadOkAsync();
        var token = (await on.Mail.NextAsync(email)).Token;
        await (await on.Server.Public.PostAsJsonAsync($"{Person.Auth}/confirm", new { token, password })).ReadOkAsync();
        JsonNode tokens = await (await on.Server.Public.SignInAsync(email, password)).ReadOkAsync();
        return (on.Server.Public.BaseAddress!.WithToken(tokens.Text("access_token")), email);
    }
}
