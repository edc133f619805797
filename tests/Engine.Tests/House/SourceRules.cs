using System.Reflection;
using System.Text.RegularExpressions;

namespace Decant.Engine.Tests.House;

/// <summary>Rules that the sources keep to, so that a stranger finds his way: small files, few parameters, summaries with a subject.</summary>
internal static class SourceRules
{
    private const int MostLines = 300;
    private const int MostParameters = 7;

    private static readonly Regex NoSubject = new(
        @"<summary>\s*(///\s*)?(What|How|Where|One|Who|Those|It|When|Which|Whose|They|This|That|These|Why|Whoever|Whatever|There|Something|Somebody|Nobody|Everything|Another|Others)\b.{0,40}",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    );

    private static readonly Regex Reason = new(
        @"\b(Eight|Nine|Ten|Eleven|Twelve) (parameters|dependencies)\b.*\n((///|//|\[).*\n)*.*\b(class|struct) (?<type>\w+)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    );

    /// <param name="folder">Below the repository's root.</param>
    public static void AssertShortFiles(string folder) =>
        AssertNone(
            Sources(folder).Where(source => source.Text.Count(letter => letter == '\n') > MostLines),
            source => source.Path
        );

    /// <summary>Values (records) may have as many as they need. Anything else says beside its constructor why it needs more than seven.</summary>
    public static void AssertReasonsOfLongConstructors(Assembly assembly, string folder)
    {
        var reasons = Sources(folder)
            .SelectMany(source => Reason.Matches(source.Text))
            .Select(match => match.Groups["type"].Value);
        AssertNone(
            assembly
                .GetTypes()
                .Where(type =>
                    type.GetMethod("<Clone>$") is null && type.DeclaringType is null && type.Namespace is not null
                )
                .Where(type =>
                    type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                        .Any(constructor => constructor.GetParameters().Length > MostParameters)
                )
                .Select(type => type.Name.Split('`')[0])
                .Except(reasons),
            name => name
        );
    }

    /// <summary>A summary is a sentence whose subject is the thing: "Beginning of the clip", not "Where it begins".</summary>
    public static void AssertSubjectsOfSummaries(string folder) =>
        AssertNone(
            Sources(folder)
                .SelectMany(source => NoSubject.Matches(source.Text), (source, match) => (source.Path, match.Value)),
            found => $"{found.Path}: {found.Value.ReplaceLineEndings(" ")}"
        );

    private static void AssertNone<T>(IEnumerable<T> found, Func<T, string> name)
    {
        var names = found.Select(name).ToList();
        Assert.True(names.Count == 0, string.Join('\n', names));
    }

    private static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root.FullName, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(path => (Path.GetRelativePath(Root.FullName, path), File.ReadAllText(path)));

    private static DirectoryInfo Root { get; } = FindRoot();

    private static DirectoryInfo FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Decant.slnx")))
            folder = folder.Parent!;
        return folder;
    }
}
