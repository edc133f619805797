using System.Text.RegularExpressions;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Documents;

/// <summary><c>docs/security.md</c> says which test holds what: each must be there.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public async Task Every_test_that_it_names_is_there()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "security.md"));
        var named = Name().Matches(page).Select(match => match.Groups["name"].Value).Distinct().ToList();
        var tests = new List<string>();
        foreach (var file in Directory.EnumerateFiles(TestsOfTheRepository, "*.cs", SearchOption.AllDirectories))
        {
            tests.AddRange(
                Class().Matches(await File.ReadAllTextAsync(file)).Select(match => match.Groups["name"].Value)
            );
        }

        Assert.True(named.Count > 20, $"It names {named.Count} tests.");
        Assert.Empty(named.Except(tests));
    }

    private static string TestsOfTheRepository => Path.Combine(Repository.Root, "tests");

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(Tests|Properties))`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\bclass (?<name>\w+(Tests|Properties))\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Class();
}
