namespace Decant.Server.Platforms.Circuits;

/// <summary>A platform that has refused this server lately. One that has not has no row.</summary>
internal sealed class PlatformCircuit
{
    /// <summary>Platform by its name in the API.</summary>
    public required string Platform { get; init; }

    /// <summary>Refusals without a success between.</summary>
    public int Refusals { get; set; }

    /// <summary>Open: nobody asks the platform before this time, and then one does. Null while it is only being counted.</summary>
    public DateTimeOffset? OpenUntil { get; set; }

    /// <summary>The trial is taken, until <see cref="OpenUntil"/>: a refusal now opens it again.</summary>
    public bool IsOnTrial { get; set; }

    /// <summary>Number of openings without a success between; each is longer than the last.</summary>
    public int Openings { get; set; }

    /// <summary>Refusal of the platform: <c>source_blocked</c> or <c>source_rate_limited</c>.</summary>
    public required string Code { get; set; }
}
