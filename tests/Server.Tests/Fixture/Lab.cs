using Decant.Lab;
using Decant.Server.Tests.Fixture;

[assembly: AssemblyFixture(typeof(Lab))]

namespace Decant.Server.Tests.Fixture;

/// <summary>The emulated internet, one for the whole run, started when the first server wants it.</summary>
public sealed class Lab : IAsyncDisposable
{
    private static readonly Lazy<Task<LabInternet>> One = new(() =>
        LabInternet.StartAsync(new LabOptions(), CancellationToken.None)
    );

    public static Task<LabInternet> Internet => One.Value;

    public async ValueTask DisposeAsync()
    {
        if (One.IsValueCreated)
        {
            await (await One.Value).DisposeAsync();
        }
    }
}
