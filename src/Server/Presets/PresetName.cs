using System.Text;
using Decant.Engine.Planning;
using Decant.Server.Errors;

namespace Decant.Server.Presets;

/// <summary>Names of presets: part of an address, in which servers leave <c>%2F</c> as it is, and equal in every spelling of upper and lower case.</summary>
internal static class PresetName
{
    private const int Longest = 60;

    public static string Normalize(string name) => name.Trim().Normalize(NormalizationForm.FormC).ToUpperInvariant();

    /// <returns>The name of a preset of one's own, without the spaces around it.</returns>
    /// <exception cref="ApiException"><c>invalid_request</c> for a name that is none, or a built-in one.</exception>
    public static string Read(string? given)
    {
        var name = given?.Trim() ?? "";
        if (
            name.Length is 0 or > Longest
            || name.Any(letter => char.IsControl(letter) || letter is '/' or '\\' or '%')
            || !IsUnicode(name)
        )
        {
            throw ApiException.Invalid(
                "name",
                $"A preset's name has 1 to {Longest} characters, without a slash or a percent sign."
            );
        }

        return BuiltInPreset.Find(name) is null
            ? name
            : throw ApiException.Invalid(
                "name",
                $"The preset '{name}' is built in and stays as it is; take another name."
            );
    }

    /// <summary>True for text without half a surrogate pair, which no database would keep.</summary>
    private static bool IsUnicode(string text) => !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);
}
