namespace Decant.Engine.Tests.Fidelity;

/// <summary>One line of <c>docs/fidelity.md</c>.</summary>
internal sealed record FidelityRow(string Kind, string Case, string Source, string Made)
{
    public const string Heading = "| case | the source has | came out |\n|---|---|---|\n";

    /// <returns>Null for a line that is no row.</returns>
    public static FidelityRow? TryRead(string kind, string line) =>
        line.Split(" | ") is [['|', ' ', .. var name], var source, [.. var made, ' ', '|']] && name != "case"
            ? new FidelityRow(kind, name, source, made)
            : null;

    public override string ToString() => $"| {Cell(Case)} | {Cell(Source)} | {Cell(Made)} |";

    /// <summary>A bar would end the cell, a line end the table.</summary>
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace('|', '/');
}
