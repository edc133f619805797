using System.Collections;
using System.Globalization;

namespace Decant.Server.Hosting;

/// <summary>Values of settings as text, as an operator would write them.</summary>
internal static class SettingText
{
    /// <returns>Null for nothing: no value, or an empty list.</returns>
    public static string? Of(object? value) =>
        value switch
        {
            null or "" => null,
            string text => WithoutPassword(text),
            bool flag => flag ? "true" : "false",
            Uri address => WithoutPassword(address.OriginalString),
            IDictionary<string, string> entries => Join(entries.Select(entry => $"{entry.Key}={Of(entry.Value)}")),
            IEnumerable items => Join(items.Cast<object?>().Select(Of)),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    private static string? Join(IEnumerable<string?> parts) =>
        string.Join(", ", parts) is { Length: > 0 } joined ? joined : null;

    /// <summary>An address may name a user with a password, as that of a proxy does.</summary>
    private static string WithoutPassword(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length > 0
            ? text.Replace(address.UserInfo + "@", "…@", StringComparison.Ordinal)
            : text;
}
