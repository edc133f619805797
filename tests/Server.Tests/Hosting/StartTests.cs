using Decant.Server.Tests.Fixture;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.Hosting;

public sealed class StartTests
{
    [Theory]
    [InlineData("Billing:CreditsPerMinute=-1", "Billing__CreditsPerMinute")]
    [InlineData("RateLimits:Info=-5", "RateLimits__Info")]
    [InlineData("Accounts:BootstrapKey=short", "Accounts__BootstrapKey")]
    [InlineData("Accounts:BootstrapPassword=short", "Accounts__BootstrapPassword")]
    [InlineData("Accounts:TrustedNetworks:0=everything", "Accounts__TrustedNetworks")]
    [InlineData("Accounts:TrustedNetworks:0=10.0.0.0/8", "Accounts__TrustedAs")]
    [InlineData("Cors:Origins:0=https://app.example.org/room", "Cors__Origins")]
    [InlineData("Billing:NewAccountUsd=-1", "Billing__NewAccountUsd")]
    [InlineData("Jwt:SigningKey=short", "Jwt__SigningKey")]
    [InlineData("Jwt:Authority=http://login.example.org", "Jwt__Authority")]
    [InlineData("Jwt:Authority=https://login.example.org", "Jwt__Audience")]
    [InlineData("Egress:AllowedNetworks:0=everything", "Egress__AllowedNetworks")]
    [InlineData("Egress:CaFile=/nowhere/ca.pem", "Egress__CaFile")]
    [InlineData("Egress:Proxy=somewhere", "Egress__Proxy")]
    [InlineData("Egress:ProxyByPlatform:youtube=somewhere", "Egress__ProxyByPlatform__youtube")]
    [InlineData("Egress:ProxyByPlatform:geocities=http://127.0.0.1:1", "Egress__ProxyByPlatform__geocities")]
    [InlineData("Platforms:RefusalsToOpen=0", "Platforms__RefusalsToOpen")]
    [InlineData("Limits:MaxBytes=0", "Limits__MaxBytes")]
    [InlineData("Smtp:Host=mail.example.org", "Smtp__From")]
    [InlineData("Smtp:Host=mail.example.org", "PublicBaseUrl")]
    [InlineData("Smtp:Security=later", "Smtp__Security")]
    [InlineData("Smtp:Username=decant", "Smtp__Password")]
    [InlineData("Spotify:ClientId=lonely", "Spotify__ClientSecret")]
    public async Task A_wrong_setting_stops_the_start_with_its_name(string setting, string name)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            DecantServer.StartAsync<Sqlite>(setting)
        );

        Assert.Contains(name, failure.Message);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_read_stops_the_start_with_its_name()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            DecantServer.StartAsync<Sqlite>("Limits:MaxBytes=many")
        );

        Assert.Contains("Limits:MaxBytes", failure.Message);
    }

    [Theory]
    [InlineData("short\n", null, "Jwt__SigningKey")]
    [InlineData(null, null, "Jwt__SigningKey_FILE")]
    [InlineData("long enough to be a key of thirty-two bytes\n", "the same, and also given", "Jwt__SigningKey_FILE")]
    public async Task A_secret_is_read_from_the_file_that_its_setting_names(string? content, string? also, string name)
    {
        var folder = Directory.CreateTempSubdirectory("decant-test-");
        var file = Path.Combine(folder.FullName, "key");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        }

        string[] settings =
        [
            $"Jwt:SigningKey_FILE={file}",
            .. also is null ? (string[])[] : [$"Jwt:SigningKey={also}"],
        ];
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            DecantServer.StartAsync<Sqlite>(settings)
        );

        Assert.Matches($@"{name}\W", failure.Message);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_servers_do_not_share_a_data_directory()
    {
        await using var first = await DecantServer.StartAsync<Sqlite>();

        var failure = await Assert.ThrowsAsync<IOException>(() =>
            DecantServer.StartAsync<Sqlite>($"data={first.DataDirectory}")
        );

        Assert.Contains(first.DataDirectory, failure.Message);
    }
}

public abstract class RestartTests(DecantServer server)
{
    [Fact]
    public async Task A_server_that_starts_again_knows_its_administrator()
    {
        await server.RestartAsync();

        await (await server.Http.GetAsync("/api/v1/video/formats")).ReadOkAsync();
    }
}

public sealed class RestartOnSqlite(ServerOn<Sqlite> on) : RestartTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class RestartOnPostgres(ServerOn<Postgres> on)
    : RestartTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
