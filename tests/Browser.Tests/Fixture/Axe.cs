using Deque.AxeCore.Commons;

namespace Decant.Browser.Tests.Fixture;

/// <summary>axe-core, which is put into a document once for all that is read in it: its own driver loads it twice for each reading, once in a page of its own.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <param name="page">Its only frame is read.</param>
    /// <param name="rules">None for all of them: WCAG 2.2 AA and best practices.</param>
    /// <returns>Each element that breaks a rule, with the rule.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(IPage page, params string[] rules)
    {
        Assert.Single(page.Frames);
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>(
            """
            async rules => {
              const options = rules.length > 0 ? { runOnly: rules } : {};
              const { violations } = await axe.run(document, { ...options, resultTypes: ['violations'] });
              return violations.flatMap(one => one.nodes.map(node => `${one.id} (${one.help}): ${node.html}`));
            }
            """,
            rules
        );
    }
}
