using Decant.Lab;

namespace Decant.Browser.Tests.Fixture;

/// <summary>The emulated internet, one for the whole run, started when the first server wants it.</summary>
public static class Lab
{
    private static readonly Lazy<Task<LabInternet>> One = new(() =>
        LabInternet.StartAsync(new LabOptions(), CancellationToken.None)
    );

    public static Task<LabInternet> Internet => One.Value;
}
