using System.ComponentModel.DataAnnotations;
using Decant.Engine;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>JavaScript</c>.</summary>
internal sealed class JavaScriptSettings : IValidatableObject
{
    /// <inheritdoc cref="JavaScriptOptions.Runtime"/>
    public string? Runtime { get; init; }

    /// <inheritdoc cref="JavaScriptOptions.Folder"/>
    public string? Folder { get; init; }

    public JavaScriptOptions ToOptions() => new() { Runtime = PathOf(Runtime), Folder = PathOf(Folder) };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PathOf(Runtime) is { } path && !File.Exists(path))
        {
            yield return new($"there is no file '{Runtime}'; deno or Node is meant, by its path.", [nameof(Runtime)]);
        }
    }

    private static string? PathOf(string? setting) => string.IsNullOrEmpty(setting) ? null : Path.GetFullPath(setting);
}
