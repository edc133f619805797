namespace Decant.Engine.Tests.Children.Sandbox;

/// <summary>The table of <c>docs/security.md</c>.</summary>
public sealed class HostileProgramTests(HostilePrograms programs) : IClassFixture<HostilePrograms>
{
    private static readonly SandboxLayers[] Layers =
    [
        .. Enum.GetValues<SandboxLayers>().Where(layer => layer is not (SandboxLayers.None or SandboxLayers.All)),
    ];

    /// <summary>Rows that are refused whichever layer is left out: the environment and no_new_privs, which are no layers, refuse them.</summary>
    private static readonly string[] Always =
    [
        "find the server's secrets in its environment",
        "gain privileges by a program",
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

        Assert.Equal(Always, await programs.RefusedAsync(SandboxLayers.All, isLoadedAnew: false));
        var byLayer = new Dictionary<SandboxLayers, IReadOnlyList<string>>();
        foreach (var layer in Layers)
            byLayer[layer] = await programs.RefusedAsync(SandboxLayers.All & ~layer, isLoadedAnew: false);

        var table = programs.Rows.Select(row =>
            $"| {row.Words} | {string.Join(" | ", Layers.Select(layer => byLayer[layer].Contains(row.Words) ? "×" : " "))} |"
        );
        Assert.Contains(string.Join('\n', table), await DocumentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_one_layer_it_gets_what_the_document_says()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "As above.");

        var table = new List<string>();
        foreach (var layer in Layers)
        {
            var refused = await programs.RefusedAsync(layer, isLoadedAnew: false);
            var done = programs.Rows.Select(row => row.Words).Except(refused).ToList();
            table.Add($"| {Name(layer)} | {(done.Count == 0 ? "nothing" : string.Join("; ", done))} |");
        }

        Assert.Contains(string.Join('\n', table), await DocumentAsync(), StringComparison.Ordinal);
    }

    private static string Name(SandboxLayers layer) => $"{layer}".ToLowerInvariant();

    private static Task<string> DocumentAsync() =>
        File.ReadAllTextAsync(
            Path.Combine(HostilePrograms.RepositoryRoot, "docs", "security.md"),
            TestContext.Current.CancellationToken
        );
}
