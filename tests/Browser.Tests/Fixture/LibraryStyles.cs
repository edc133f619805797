using System.Text.RegularExpressions;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Fixture;

/// <summary>Mantine's styles, of which the build takes a sheet for each component that the page has.</summary>
internal static partial class LibraryStyles
{
    private static readonly Lazy<HashSet<string>> Known = new(() =>
        [
            .. ClassName()
                .Matches(
                    File.ReadAllText(
                        Path.Combine(Repository.Root, "web", "node_modules", "@mantine", "core", "styles.css")
                    )
                )
                .Select(found => found.Value),
        ]
    );

    /// <returns>Classes of the library that things in the document have, and none of its sheets knows.</returns>
    public static async Task<IEnumerable<string>> MissingAsync(IPage page) =>
        (
            await page.EvaluateAsync<string[]>(
                """
                () => {
                  const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules].map(rule => rule.cssText)).join();
                  const known = new Set(rules.match(/\bm_[0-9a-z]+/g));
                  return [...new Set([...document.querySelectorAll('[class*=m_]')].flatMap(one => [...one.classList]))]
                    .filter(name => name.startsWith('m_') && !known.has(name));
                }
                """
            )
        ).Where(Known.Value.Contains);

    [GeneratedRegex(@"\bm_[0-9a-z]+", RegexOptions.None, 1000)]
    private static partial Regex ClassName();
}
