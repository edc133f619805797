using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting;

/// <summary>Settings that are read from files, so that no secret stands in the environment: <c>Jwt__SigningKey_FILE=/run/secrets/key</c>.</summary>
public static class SecretFiles
{
    private const string Suffix = "_FILE";

    /// <summary>Adds what stands in the files that settings ending in <c>_FILE</c> name, as the settings without it.</summary>
    /// <exception cref="OptionsValidationException">A file cannot be read, or the setting is there as well.</exception>
    public static void AddSecretFiles(this IConfigurationManager configuration) =>
        configuration.AddInMemoryCollection(Read(configuration).ToList());

    /// <summary>True where a setting, or a part of it, is read from such a file.</summary>
    public static bool Has(IConfiguration configuration, string setting) =>
        configuration[setting + Suffix] is { Length: > 0 }
        || configuration
            .GetSection(setting)
            .GetChildren()
            .Any(part => part.Key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<KeyValuePair<string, string?>> Read(IConfiguration configuration)
    {
        foreach (var (name, path) in configuration.AsEnumerable())
        {
            // Those of other programs have no section.
            if (path is null || !name.Contains(':') || !name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var setting = name[..^Suffix.Length];
            if (!string.IsNullOrEmpty(configuration[setting]))
            {
                throw Refuse(name, $"{Shown(setting)} is set, too");
            }

            yield return new(setting, ReadFile(name, path));
        }
    }

    private static string ReadFile(string name, string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refuse(name, failure.Message);
        }
    }

    private static OptionsValidationException Refuse(string name, string reason) =>
        new(name, typeof(string), [$"Setting {Shown(name)}: {reason}"]);

    private static string Shown(string name) => name.Replace(":", "__", StringComparison.Ordinal);
}
