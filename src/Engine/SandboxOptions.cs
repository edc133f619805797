namespace Decant.Engine;

/// <summary>The sandbox around every child.</summary>
public sealed record SandboxOptions
{
    /// <summary>User numbers that a service run as root gives its children, one each: this one and the 499 after it. Nobody else may have them.</summary>
    public int FirstUser { get; init; } = 60600;

    /// <summary>The engine counts as not ready where a layer does not hold.</summary>
    public bool Required { get; init; }

    /// <summary>Time without any processor time after which a run of ffmpeg is ended, at the latest after twice as long.</summary>
    public TimeSpan MaxIdle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Layers that are left out, to see in tests what each of them holds.</summary>
    internal SandboxLayers LeftOut { get; init; }
}
