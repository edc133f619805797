using System.ComponentModel.DataAnnotations;
using Decant.Engine;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>JavaScript</c>.</summary>
internal sealed class JavaScriptSettings : IValidatableObject
{
    /// <summary>deno (2.3 or newer) or Node (25 or newer), by path; null looks in <see cref="Folder"/> and then where programs are installed. YouTube offers fewer formats without.</summary>
    public string? Runtime { get; set; }

    /// <summary>Directory that <c>./decant</c> filled, absolute or relative to the program: deno, and the packages of yt-dlp's solver. One that is not there is none.</summary>
    public string Folder { get; set; } = "javascript";

    public JavaScriptOptions ToOptions() =>
        new()
        {
            Runtime = PathOf(Runtime),
            Folder = string.IsNullOrEmpty(Folder) ? null : Path.GetFullPath(Folder, AppContext.BaseDirectory),
        };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PathOf(Runtime) is { } path && !File.Exists(path))
        {
            yield return new($"there is no file '{Runtime}'; deno or Node is meant, by its path.", [nameof(Runtime)]);
        }
    }

    private static string? PathOf(string? setting) => string.IsNullOrEmpty(setting) ? null : Path.GetFullPath(setting);
}
