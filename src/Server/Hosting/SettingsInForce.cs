using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Decant.Server.Hosting;

/// <summary>All settings as they are in force, and the place that each comes from.</summary>
internal sealed class SettingsInForce(
    IEnumerable<SettingsSection> sections,
    IConfiguration configuration,
    IServiceProvider services
)
{
    private const string Hidden = "(hidden)";

    public IReadOnlyList<Setting> Read() =>
        [.. sections.SelectMany(Read).OrderBy(setting => setting.Name, StringComparer.Ordinal)];

    private IEnumerable<Setting> Read(SettingsSection section)
    {
        var (inForce, usual) = (section.InForce(services), Activator.CreateInstance(section.Options));
        foreach (var property in section.Properties)
        {
            var isSecret = property.IsDefined(typeof(SecretAttribute));
            var value = SettingText.Of(property.GetValue(inForce));
            yield return new Setting(
                section.NameOf(property),
                isSecret && value is not null ? Hidden : value,
                SettingText.Of(property.GetValue(usual)),
                SourceOf(section.KeyOf(property)),
                isSecret
            );
        }
    }

    private SettingSource SourceOf(string key) =>
        configuration is IConfigurationRoot root
            ? WithKey(root, key)
                .Select(provider =>
                    provider switch
                    {
                        CommandLineConfigurationProvider => SettingSource.CommandLine,
                        EnvironmentVariablesConfigurationProvider => SettingSource.Environment,
                        JsonConfigurationProvider => SettingSource.File,
                        _ when SecretFiles.Has(configuration, key) => SettingSource.SecretFile,
                        // The program's own word, such as another port beside those of Urls.
                        _ => (SettingSource?)null,
                    }
                )
                .FirstOrDefault(source => source is not null)
                ?? SettingSource.Default
            : SettingSource.Default;

    /// <summary>The providers that have a key, or a part of it; the one with the last word first.</summary>
    private static IEnumerable<IConfigurationProvider> WithKey(IConfigurationRoot root, string key) =>
        root
            .Providers.Reverse()
            .SelectMany(provider =>
                provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot inner }
                    ? WithKey(inner, key)
                : Has(provider, key) ? [provider]
                : Enumerable.Empty<IConfigurationProvider>()
            );

    private static bool Has(IConfigurationProvider provider, string key) =>
        provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any();
}

/// <summary>A setting as it is in force.</summary>
/// <param name="Name">Name as operators write it, such as <c>Limits__MaxBytes</c>.</param>
/// <param name="Value">Value in force; null for none, and <c>(hidden)</c> for a secret that is set.</param>
/// <param name="Default">Value that holds where nothing is set; null for none.</param>
/// <param name="Source">Place that the value comes from.</param>
/// <param name="IsSecret">True for a secret, whose value is not shown.</param>
internal sealed record Setting(string Name, string? Value, string? Default, SettingSource Source, bool IsSecret);

internal enum SettingSource
{
    Default,
    File,
    SecretFile,
    Environment,
    CommandLine,
}
