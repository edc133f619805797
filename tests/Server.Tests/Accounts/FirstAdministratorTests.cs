using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

public sealed class FirstAdministratorTests
{
    [Fact]
    public async Task The_first_administrator_sets_its_password_with_its_key_and_then_signs_in()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();
        var lesser = await (
            await server.PostAsync(
                $"{Person.Auth}/api-keys",
                new { name = "Lesser", scopes = new[] { "account:write" } }
            )
        ).ReadOkAsync();
        using var http = server.Public.BaseAddress!.WithKey(lesser.Text("key"));
        var request = new { new_password = "river otter lantern" };

        await (await http.PostAsJsonAsync($"{Person.Auth}/change-password", request)).ReadProblemAsync(
            403,
            "forbidden"
        );
        await (await server.PostAsync($"{Person.Auth}/change-password", request)).ReadOkAsync();

        var tokens = await (
            await server.Public.SignInAsync("administrator@localhost", "river otter lantern")
        ).ReadOkAsync();
        Assert.Equal("administrator", tokens["user"]!.Text("role"));
        using var admin = server.Public.BaseAddress!.WithToken(tokens.Text("access_token"));
        await (await admin.GetAsync($"{Person.Admin}/users")).ReadOkAsync();
    }

    [Fact]
    public async Task A_set_password_is_the_first_one_and_does_not_come_back()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            "Accounts:BootstrapEmail=root@example.org",
            "Accounts:BootstrapPassword=river otter lantern"
        );
        await (await server.Public.SignInAsync("root@example.org", "river otter lantern")).ReadOkAsync();
        await (
            await server.PostAsync(
                $"{Person.Auth}/change-password",
                new { current_password = "river otter lantern", new_password = "a wholly different one" }
            )
        ).ReadOkAsync();

        await server.RestartAsync();

        await (await server.Public.SignInAsync("root@example.org", "river otter lantern")).ReadProblemAsync(
            401,
            "unauthenticated"
        );
        await (await server.Public.SignInAsync("root@example.org", "a wholly different one")).ReadOkAsync();
    }
}
