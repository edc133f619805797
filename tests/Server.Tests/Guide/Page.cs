namespace Decant.Server.Tests.Guide;

/// <summary>A page of the documentation, as it stands in the repository.</summary>
internal sealed record Page(string Text)
{
    public static async Task<Page> ReadAsync(string name) =>
        new(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Guide", name)));

    /// <summary>The sections below <c>##</c>, by title.</summary>
    public IReadOnlyDictionary<string, Page> Sections =>
        Text.Split("\n## ")[1..]
            .ToDictionary(section => section[..section.IndexOf('\n')], section => new Page(section));

    /// <summary>The fenced blocks of a language, one after another: a program.</summary>
    public string ProgramIn(string language) => string.Join("\n\n", BlocksIn(language));

    public IReadOnlyList<string> BlocksIn(string language) =>
        [
            .. Text.Split($"\n```{language}\n")[1..]
                .Select(rest => rest[..(rest.IndexOf("\n```", StringComparison.Ordinal) + 1)]),
        ];
}
