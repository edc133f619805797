using System.ComponentModel.DataAnnotations;
using Decant.Engine;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Sandbox</c>.</summary>
internal sealed class SandboxSettings
{
    /// <summary>Whether the server refuses to start where a layer of the sandbox does not hold.</summary>
    public bool Required { get; set; }

    /// <summary>The first of 500 user numbers that a server run as root gives its children.</summary>
    [Range(1000, int.MaxValue - 1000)]
    [Unit("user number")]
    public int FirstUser { get; set; } = new SandboxOptions().FirstUser;

    /// <summary>Time without any processor time after which a run of ffmpeg is ended, at the latest after twice as long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxIdle { get; set; } = new SandboxOptions().MaxIdle;

    public SandboxOptions ToOptions() =>
        new()
        {
            Required = Required,
            FirstUser = FirstUser,
            MaxIdle = MaxIdle,
        };
}
