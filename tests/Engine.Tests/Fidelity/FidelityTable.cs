using System.Collections.Concurrent;
using System.Text;
using Decant.Engine.Tests.Fidelity;

[assembly: AssemblyFixture(typeof(FidelityTable))]

namespace Decant.Engine.Tests.Fidelity;

/// <summary>
/// The cases of <c>docs/fidelity.md</c>. A test adds its own with <see cref="Record"/> once its asserts hold; where <c>DECANT_FIDELITY</c>
/// names the file, the rows of this run replace their namesakes in it when the tests are over, and the others stay.
/// </summary>
public sealed class FidelityTable : IAsyncDisposable
{
    private const string Head = """
        # What the source has, and what came out

        Written by the tests; do not edit. `DECANT_FIDELITY=$PWD/docs/fidelity.md ./decant test Engine` writes the rows of the tests that ran and keeps
        the others. Every row is a test that goes through the real engine, or through its planner, converter and verification, and holds what came
        out to its source with a reader that is not the engine's.

        """;

    private static readonly string? Table = Environment.GetEnvironmentVariable("DECANT_FIDELITY");
    private static readonly ConcurrentDictionary<(string Kind, string Case), FidelityRow> Rows = [];

    /// <summary>Says that a case was run and held.</summary>
    /// <param name="kind">A heading of the document, such as <c>Lengths that are estimates</c>.</param>
    /// <param name="name">The case, unique under its heading.</param>
    /// <param name="source">What the source really has; <see cref="StreamShape.DescribeAsync"/> says it of a file.</param>
    /// <param name="made">What came out; of a refusal, its code and message.</param>
    public static void Record(string kind, string name, string source, string made) =>
        Rows[(kind, name)] = new FidelityRow(kind, name, source, made);

    public async ValueTask DisposeAsync()
    {
        if (Table is null || Rows.IsEmpty)
        {
            return;
        }
        var rows = File.Exists(Table) ? Read(await File.ReadAllLinesAsync(Table)) : [];
        foreach (var row in Rows.Values)
        {
            rows[(row.Kind, row.Case)] = row;
        }
        await File.WriteAllTextAsync(Table, Show(rows.Values));
    }

    private static Dictionary<(string Kind, string Case), FidelityRow> Read(IEnumerable<string> lines)
    {
        var rows = new Dictionary<(string Kind, string Case), FidelityRow>();
        var kind = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                kind = line[3..];
            }
            else if (FidelityRow.TryRead(kind, line) is { } row)
            {
                rows[(row.Kind, row.Case)] = row;
            }
        }
        return rows;
    }

    private static string Show(IEnumerable<FidelityRow> rows)
    {
        var text = new StringBuilder(Head);
        foreach (var kind in rows.GroupBy(row => row.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            text.Append("\n## ").Append(kind.Key).Append("\n\n").Append(FidelityRow.Heading);
            text.AppendJoin("", kind.OrderBy(row => row.Case, StringComparer.Ordinal).Select(row => $"{row}\n"));
        }
        return text.ToString();
    }
}
