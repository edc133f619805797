namespace Decant.Server.Upkeep;

/// <summary>How often a platform gave one answer to look-ups on one day, of all nodes.</summary>
internal sealed class LookUpDay
{
    /// <summary>What stands for success where else an error's code stands.</summary>
    public const string Success = "ok";

    /// <summary>UTC.</summary>
    public DateOnly Day { get; init; }

    /// <summary>In the wire's word.</summary>
    public required string Platform { get; init; }

    /// <summary><see cref="Success"/>, or an error's code.</summary>
    public required string Outcome { get; init; }
    public long Count { get; set; }

    /// <summary>When the last of them ended.</summary>
    public DateTimeOffset LastAt { get; set; }
}
