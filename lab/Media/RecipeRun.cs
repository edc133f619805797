namespace Decant.Lab.Media;

/// <summary>One making of a recipe: where its outcome goes and where what it needs lies.</summary>
internal sealed record RecipeRun(string Output, IReadOnlyDictionary<string, string> Inputs)
{
    public string[] Fill(IEnumerable<string> arguments) => [.. arguments.Select(Fill)];

    public string Fill(string text)
    {
        text = text.Replace("{out}", Output, StringComparison.Ordinal);
        foreach (var (name, path) in Inputs)
        {
            text = text.Replace($"{{{name}}}", path, StringComparison.Ordinal);
        }

        return text;
    }
}
