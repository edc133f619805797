using System.Reflection;

namespace Decant.Engine.Tests.House;

/// <summary>
/// Dependencies between the folders of an assembly, read from its compiled code (constants are copied by the compiler and leave no
/// trace). A type beside the folders counts as a folder of its own.
/// </summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<(string From, string To), SortedSet<string>> _edges = [];

    private FolderGraph() { }

    /// <param name="assembly">An assembly whose namespaces are its folders.</param>
    /// <param name="isCounted">False for types that wire others up, and so know all of them.</param>
    public static FolderGraph Of(Assembly assembly, Func<Type, bool> isCounted)
    {
        var root = assembly.GetName().Name!;
        var graph = new FolderGraph();
        foreach (var type in assembly.GetTypes().Where(type => FolderOf(type, root) is not null))
        {
            if (!isCounted(Outermost(type)))
                continue;
            foreach (var other in CompiledReferences.Of(type).Select(Outermost).Distinct())
                if (other.Assembly == assembly && FolderOf(other, root) is { } to)
                    graph.Add(FolderOf(type, root)!, to, $"{Outermost(type).Name} → {other.Name}");
        }
        return graph;
    }

    /// <param name="allowed">Dependencies that may be part of a circle, each with its reason. The list only shrinks: one that is no more fails.</param>
    public void AssertOneDirection(params IReadOnlyCollection<(string From, string To, string Reason)> allowed)
    {
        Assert.All(allowed, one => Assert.Contains((one.From, one.To), _edges));
        var circles = Circles([.. allowed.Select(one => (one.From, one.To))]);
        Assert.True(circles.Count == 0, string.Join('\n', circles));
    }

    /// <summary>Dependencies that are part of a circle, one a line: the folders, and the types that depend on each other.</summary>
    private IReadOnlyList<string> Circles(IReadOnlyCollection<(string From, string To)> allowed)
    {
        var ways = _edges.Keys.Except(allowed).ToLookup(edge => edge.From, edge => edge.To);
        return
        [
            .. _edges
                .Where(edge => !allowed.Contains(edge.Key) && Reaches(edge.Key.To, edge.Key.From))
                .Select(edge => $"{edge.Key.From} → {edge.Key.To}: {string.Join(", ", edge.Value)}")
                .Order(StringComparer.Ordinal),
        ];

        bool Reaches(string from, string to)
        {
            var (seen, left) = (new HashSet<string> { from }, new Stack<string>([from]));
            while (left.TryPop(out var folder) && folder != to)
                foreach (var next in ways[folder].Where(seen.Add))
                    left.Push(next);
            return seen.Contains(to);
        }
    }

    /// <summary>A folder and the folders within it are one room and may know each other.</summary>
    private void Add(string from, string to, string types)
    {
        if (from == to || IsWithin(from, to) || IsWithin(to, from))
            return;
        if (!_edges.TryGetValue((from, to), out var found))
            _edges[(from, to)] = found = new SortedSet<string>(StringComparer.Ordinal);
        found.Add(types);
    }

    private static bool IsWithin(string folder, string other) =>
        folder.StartsWith($"{other}.", StringComparison.Ordinal);

    /// <returns>Null for what the compiler made.</returns>
    private static string? FolderOf(Type type, string root)
    {
        var outermost = Outermost(type);
        return outermost.Namespace == root ? outermost.Name
            : outermost.Namespace?.StartsWith($"{root}.", StringComparison.Ordinal) == true
                ? outermost.Namespace[(root.Length + 1)..]
            : null;
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
