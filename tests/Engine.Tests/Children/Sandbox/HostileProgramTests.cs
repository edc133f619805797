namespace Decant.Engine.Tests.Children.Sandbox;

/// <summary>The table of <c>docs/security.md</c>.</summary>
public sealed class HostileProgramTests(HostilePrograms programs) : IClassFixture<HostilePrograms>
{
    private static readonly SandboxLayers[] Layers =
    [
        .. Enum.GetValues<SandboxLayers>().Where(layer => layer is not (SandboxLayers.None or SandboxLayers.All)),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_can_use_its_own_directory_and_its_relay(bool isLoadedAnew) =>
        Assert.Equal(["wr done", "re done", "re done", "tc done"], await programs.TryOwnAsync(isLoadedAnew));

    [Fact]
    public async Task It_gets_nothing_else()
    {
        Assert.Equal(programs.Rows.Select(row => row.Words), await programs.RefusedAsync(SandboxLayers.None, false));
    }

    [Fact]
    public async Task Executed_it_gets_nothing_else_and_stays_who_it_is()
    {
        var refused = await programs.RefusedAsync(SandboxLayers.None, isLoadedAnew: true);

        Assert.Empty(programs.Rows.Select(row => row.Words).Except([.. refused, "be root"]));
    }

    [Fact]
    public async Task Each_layer_alone_refuses_what_the_document_says()
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess,
            "Another user is there to become for root alone, and to others the system itself refuses some of it."
        );

        Assert.Empty(await programs.RefusedAsync(SandboxLayers.All, isLoadedAnew: false));
        var byLayer = new Dictionary<SandboxLayers, IReadOnlyList<string>>();
        foreach (var layer in Layers)
            byLayer[layer] = await programs.RefusedAsync(SandboxLayers.All & ~layer, isLoadedAnew: false);

        var table = programs.Rows.Select(row =>
            $"| {row.Words} | {string.Join(" | ", Layers.Select(layer => byLayer[layer].Contains(row.Words) ? "×" : " "))} |"
        );
        var document = await File.ReadAllTextAsync(
            Path.Combine(HostilePrograms.RepositoryRoot, "docs", "security.md"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains(string.Join('\n', table), document, StringComparison.Ordinal);
    }
}
