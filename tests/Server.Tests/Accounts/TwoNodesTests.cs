using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

/// <summary>Two nodes, one of them a process of its own, share one database and one signing key.</summary>
public sealed class TwoNodesTests
{
    [Fact]
    public async Task What_one_node_takes_back_the_other_refuses_from_the_next_request_on()
    {
        string[] settings =
        [
            $"ConnectionStrings:Decant={await Postgres.CreateAsync()}",
            "Accounts:AllowSignUp=true",
            "Jwt:SigningKey=a signing key that both of the nodes know",
        ];
        await using var one = await DecantServer.StartAsync<Sqlite>(settings);
        await using var prepared = await DecantServer.PrepareAsync<Sqlite>(settings);
        using var other = await ServerProcess.StartAsync(prepared.Arguments);
        var there = other.Http.BaseAddress!;
        var ada = await Person.RegisterAsync(one);
        var (_, key) = await ada.KeyAsync("account:read");
        using var keyThere = there.WithKey(key.Text("key"));
        using var tokenThere = there.WithToken(ada.AccessToken);
        await (await keyThere.MeAsync()).ReadOkAsync();
        await (await tokenThere.MeAsync()).ReadOkAsync();

        await (await ada.Http.DeleteAsync($"{Person.Auth}/api-keys/{key.Number("id")}")).ReadOkAsync();
        await (await keyThere.MeAsync()).ReadProblemAsync(403, "key_revoked");

        await (await ada.Http.PostAsync($"{Person.Auth}/logout", null)).ReadOkAsync();
        await (await tokenThere.MeAsync()).ReadProblemAsync(401, "unauthenticated");

        var again = await ada.SignInAsync(other.Http);
        await (await one.PostAsync($"{Person.Admin}/users/{ada.Id}/disable", new { })).ReadOkAsync();
        await (await again.Http.MeAsync()).ReadProblemAsync(403, "forbidden");
        await (await other.Http.RefreshAsync(again.RefreshToken)).ReadProblemAsync(401, "unauthenticated");

        await (await one.PostAsync($"{Person.Admin}/users/{ada.Id}/enable", new { })).ReadOkAsync();
        var once = await ada.SignInAsync(one.Public);
        await (await one.Public.RefreshAsync(once.RefreshToken)).ReadOkAsync();
        await (await other.Http.RefreshAsync(once.RefreshToken)).ReadProblemAsync(401, "unauthenticated");
        await (await once.Http.MeAsync()).ReadProblemAsync(401, "unauthenticated");
    }
}
