using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Decant.Server.Hosting;

namespace Decant.Server.Tests.About;

/// <summary>docs/settings.md, made of the options classes: their properties, attributes and comments.</summary>
internal sealed partial class SettingsPage(IReadOnlyList<SettingsSection> sections)
{
    private const string Head = """
        # Settings

        Made of the options classes by `DECANT_SETTINGS=$PWD/docs/settings.md ./decant test SettingsPage`; do not edit.

        From the environment (`Jobs__Workers=4`), the command line (`--Jobs:Workers 4`) or `appsettings.json`. A wrong value stops the start and is named. Lists are numbered (`Proxies__Trusted__0`, `__1` …), what goes by name has it at the end (`Egress__ProxyByPlatform__youtube`). A time is `hh:mm:ss`, with days before it as `d.`. A secret may stand in a file: `Jwt__SigningKey_FILE=/run/secrets/key` is `Jwt__SigningKey` with what the file says, and so with every setting in a section. `GET /api/v1/admin/settings` shows what is in force, and where each comes from.


        """;

    /// <summary>Comments of the server, by the compiler's names of its members; the build writes them beside the assembly.</summary>
    private readonly Dictionary<string, XElement> _comments = XDocument
        .Load(CommentsPath())
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => member);

    /// <summary>Classes whose comment says that they hold settings, bound to the configuration or not.</summary>
    public IEnumerable<string> ClassesOfSettings =>
        _comments
            .Keys.Where(member => member.StartsWith("T:", StringComparison.Ordinal))
            .Where(member =>
                _comments[member].Element("summary")?.Value.TrimStart() is { } about
                && (
                    about.StartsWith("Settings under", StringComparison.Ordinal)
                    || about.StartsWith("Settings outside", StringComparison.Ordinal)
                )
            )
            .Select(member => member[2..]);

    public string Write()
    {
        var page = new StringBuilder(Head);
        foreach (
            var group in sections
                .GroupBy(section => section.Section)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            page.Append(CultureInfo.InvariantCulture, $"## {Heading(group.Key)}\n\n");
            foreach (var about in group.Select(section => SummaryOf($"T:{NameOf(section.Options)}")).Select(AfterColon))
            {
                page.Append(about is null || group.Key.Length == 0 ? "" : $"{about}\n\n");
            }

            page.Append("| setting | value | default | range | meaning |\n|---|---|---|---|---|\n");
            foreach (var section in group)
            {
                var usual = Activator.CreateInstance(section.Options)!;
                foreach (var property in section.Properties)
                {
                    page.Append(
                        CultureInfo.InvariantCulture,
                        $"| `{section.NameOf(property)}` | {UnitOf(property)} | {DefaultOf(property, usual)} | {RangeOf(property)} | {SummaryOf($"P:{NameOf(section.Options)}.{property.Name}")} |\n"
                    );
                }
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Heading(string section) =>
        section.Length == 0 ? "Outside any section" : section.Replace(":", "__", StringComparison.Ordinal);

    private static string CommentsPath()
    {
        // …/bin/Decant.Server.Tests/release
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, "Decant.Server", own.Name, "Decant.Server.xml");
    }

    /// <returns>Full name in the compiler's spelling.</returns>
    public static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string UnitOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(bool) ? "true or false"
            : type == typeof(TimeSpan) ? "time"
            : type == typeof(TimeSpan[]) ? "list of times"
            : type == typeof(string[]) ? "list"
            : type == typeof(Uri) ? "address"
            : type == typeof(string) ? (property.IsDefined(typeof(SecretAttribute)) ? "secret" : "text")
            : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(name => $"`{Lower(name)}`"))
            : typeof(System.Collections.IDictionary).IsAssignableFrom(type) ? "by name"
            : (
                property.GetCustomAttribute<UnitAttribute>()
                ?? property.DeclaringType!.GetCustomAttribute<UnitAttribute>()
            )?.Name
                ?? throw new InvalidOperationException(
                    $"{property.DeclaringType!.Name}.{property.Name} is a number without a [Unit]."
                );
    }

    private static string DefaultOf(PropertyInfo property, object usual) =>
        property.GetCustomAttribute<DefaultTextAttribute>() is { } words ? words.Text
        : SettingText.Of(property.GetValue(usual)) is { } text
            ? $"`{(property.PropertyType.IsEnum ? Lower(text) : text)}`"
        : "none";

    private static string RangeOf(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{End(range.Minimum)} to {End(range.Maximum)}")
        : property.GetCustomAttribute<MinLengthAttribute>() is { } least ? $"{least.Length} characters or more"
        : "";

    private static string End(object end) =>
        end switch
        {
            long.MaxValue => "any",
            IFormattable number => number.ToString("#,0.############", CultureInfo.InvariantCulture),
            _ => $"{end}",
        };

    private static string Lower(string name) => name.ToLowerInvariant();

    /// <summary>What a class's comment says beyond its section's name.</summary>
    private static string? AfterColon(string about) =>
        about.IndexOf(": ", StringComparison.Ordinal) is > 0 and var at ? Upper(about[(at + 2)..])
        : about.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? about[(end + 2)..]
        : null;

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private string SummaryOf(string member) =>
        _comments.TryGetValue(member, out var comment) && comment.Element("summary") is { } summary
            ? Spaces
                .Replace(string.Concat(summary.Nodes().Select(Text)), " ")
                .Trim()
                .Replace("|", "\\|", StringComparison.Ordinal)
            : throw new InvalidOperationException($"{member} has no summary.");

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
            XElement other => other.Value,
            _ => "",
        };

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces { get; }
}
