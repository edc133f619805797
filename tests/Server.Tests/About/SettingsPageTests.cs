using System.Text.RegularExpressions;
using Decant.Server.Hosting;
using Decant.Server.Tests.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace Decant.Server.Tests.About;

public sealed partial class SettingsPageTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private const string Target = "DECANT_SETTINGS";

    private IReadOnlyList<SettingsSection> Sections => [.. on.Server.Services.GetServices<SettingsSection>()];

    [Fact]
    public async Task The_page_of_settings_is_what_the_options_classes_say()
    {
        var made = new SettingsPage(Sections).Write();
        if (Environment.GetEnvironmentVariable(Target) is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, made, TestContext.Current.CancellationToken);
        }

        var page = Path.Combine(Repository.Root, "docs", "settings.md");
        var kept = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);

        Assert.True(
            made == kept,
            $"docs/settings.md is stale. Make it anew: {Target}=$PWD/docs/settings.md ./decant test SettingsPage"
        );
    }

    [Fact]
    public void Every_setting_is_on_the_page_once_and_nothing_else()
    {
        var settings = Sections.SelectMany(section => section.Properties.Select(section.NameOf)).Order().ToList();

        var listed = Row.Matches(new SettingsPage(Sections).Write()).Select(row => row.Groups["name"].Value).Order();

        Assert.Equal(settings, listed);
        Assert.Equal(settings.Distinct(), settings);
    }

    [Fact]
    public void Every_class_that_calls_itself_settings_is_on_the_page()
    {
        var known = Sections.Select(section => SettingsPage.NameOf(section.Options)).Order().ToList();

        Assert.Equal(known, new SettingsPage(Sections).ClassesOfSettings.Order());
    }

    [GeneratedRegex(
        @"^\| `(?<name>\w+)` \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Row { get; }
}
