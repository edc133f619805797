namespace Decant.Server.Upkeep;

/// <summary>Number of look-ups of a platform with one outcome on one day, over all nodes.</summary>
internal sealed class LookUpDay
{
    /// <summary>Outcome of a successful look-up; other outcomes are error codes.</summary>
    public const string Success = "ok";

    /// <summary>UTC.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Platform by its name in the API.</summary>
    public required string Platform { get; init; }

    /// <summary><see cref="Success"/>, or an error's code.</summary>
    public required string Outcome { get; init; }
    public long Count { get; set; }

    /// <summary>End of the last of them (UTC).</summary>
    public DateTimeOffset LastAt { get; set; }
}
