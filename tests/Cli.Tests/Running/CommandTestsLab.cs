using Decant.Lab;

namespace Decant.Cli.Tests.Running;

/// <summary>One emulated internet for all tests that run the program.</summary>
public sealed class CommandTestsLab : IAsyncLifetime
{
    public LabInternet Internet { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Internet = await LabInternet.StartAsync(new LabOptions(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Internet.DisposeAsync();
}
