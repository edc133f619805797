namespace Decant.Server.Presets;

/// <summary>A preset of an account's own.</summary>
internal sealed class Preset
{
    public long AccountId { get; init; }

    /// <summary>Name as its owner writes it.</summary>
    public required string Name { get; set; }

    /// <summary>The name in one spelling; unique within the account.</summary>
    public required string NormalizedName { get; init; }
    public required PresetOptions Options { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}
