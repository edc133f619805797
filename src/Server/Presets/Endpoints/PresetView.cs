using System.Diagnostics.CodeAnalysis;
using Decant.Engine.Planning;

namespace Decant.Server.Presets.Endpoints;

/// <summary>A preset under its name.</summary>
internal sealed record PresetView : PresetOptions
{
    /// <summary>Name, as <c>preset</c> of a download has it.</summary>
    public required string Name { get; init; }

    /// <summary>Built-in preset, which everybody has and nobody can change.</summary>
    public required bool BuiltIn { get; init; }

    /// <summary>Time of creation (UTC); null of a built-in one.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Last change (UTC); null of a built-in one.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public static PresetView Of(BuiltInPreset preset) =>
        new(PresetOptions.Built(preset)) { Name = preset.Name, BuiltIn = true };

    public static PresetView Of(Preset preset) =>
        new(preset.Options)
        {
            Name = preset.Name,
            BuiltIn = false,
            CreatedAt = preset.CreatedAt,
            UpdatedAt = preset.UpdatedAt,
        };

    [SetsRequiredMembers]
    private PresetView(PresetOptions options)
        : base(options) => Name = "";
}
