using System.Text.RegularExpressions;
using Decant.Server.Hosting;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.About;

public sealed partial class AboutTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Billing:Enabled=true", true, false)]
    [InlineData("Billing:Enabled=false", false, false)]
    [InlineData("Accounts:AllowSignUp=true", true, true)]
    public async Task Everybody_is_told_what_is_on(string setting, bool billing, bool signUp)
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(setting);

        var about = await (await server.Public.GetAsync("/api/v1/server", Stop)).ReadOkAsync();

        Assert.Equal((billing, signUp), ((bool)about["billing"]!, (bool)about["sign_up"]!));
        Assert.Equal("Decant", about.Text("product"));
        Assert.Matches(@"^\d+\.\d+\.\d+", about.Text("version"));
    }

    [Fact]
    public async Task An_administrator_sees_the_settings_in_force_and_where_each_comes_from_but_no_secret()
    {
        var folder = Directory.CreateTempSubdirectory("decant-test-");
        var file = Path.Combine(folder.FullName, "secret");
        const string secret = "a key of thirty-two bytes, and more of them";
        await File.WriteAllTextAsync(file, secret, Stop);
        await using var server = await DecantServer.StartAsync<Sqlite>(
            "Limits:MaxDuration=02:00:00",
            $"Jwt:SigningKey_FILE={file}",
            "Proxies:Trusted:0=10.0.0.0/8",
            "Proxies:Trusted:1=10.1.2.3"
        );

        var answer = await (await server.Http.GetAsync($"{Person.Admin}/settings", Stop)).ReadOkAsync();

        var settings = answer["settings"]!.AsArray().ToDictionary(one => one!.Text("name"), one => one!);
        Assert.Equal(("02:00:00", null, "command_line"), Of("Limits__MaxDuration"));
        Assert.Equal(("8589934592", "8589934592", "default"), Of("Limits__MaxBytes"));
        Assert.Equal(("10.0.0.0/8, 10.1.2.3", null, "command_line"), Of("Proxies__Trusted"));
        Assert.Equal(("(hidden)", null, "secret_file"), Of("Jwt__SigningKey"));
        Assert.Equal(("(hidden)", null, "command_line"), Of("Accounts__BootstrapKey"));
        Assert.Equal((null, null, "default"), Of("Storage__S3__Bucket"));
        Assert.True((bool)settings["Storage__S3__Secret"]["is_secret"]!);
        Assert.DoesNotContain(secret, answer.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(DecantServer.Key, answer.ToJsonString(), StringComparison.Ordinal);
        folder.Delete(recursive: true);

        (string?, string?, string) Of(string name) =>
            ((string?)settings[name]["value"], (string?)settings[name]["default"], settings[name].Text("source"));
    }

    [Fact]
    public async Task Settings_that_sound_like_secrets_are_marked_as_secrets()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();

        var settings = server.Get<SettingsInForce>().Read();

        Assert.All(
            settings.Where(setting => Secretive.IsMatch(setting.Name)),
            setting => Assert.True(setting.IsSecret, setting.Name)
        );
        Assert.Equal(settings.Select(setting => setting.Name).Distinct(), settings.Select(setting => setting.Name));
    }

    [Theory]
    [InlineData("http://ada:river@proxy.example:3128", "http://…@proxy.example:3128")]
    [InlineData("http://proxy.example:3128", "http://proxy.example:3128")]
    public void A_password_in_an_address_is_not_shown(string value, string shown)
    {
        Assert.Equal(shown, SettingText.Of(value));
        Assert.Equal($"youtube={shown}", SettingText.Of(new Dictionary<string, string> { ["youtube"] = value }));
    }

    [GeneratedRegex("(Key|Secret|Password|Token)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secretive { get; }
}
