using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>Attributes of one element on all levels, of which the innermost goes before.</summary>
/// <param name="elements">The innermost first.</param>
internal sealed class DashInheritance(IReadOnlyList<XElement> elements)
{
    public double Timescale => Whole("timescale") ?? 1;
    public long Offset => Whole("presentationTimeOffset") ?? 0;

    public XElement? Child(string name) => elements.SelectMany(one => one.Named(name)).FirstOrDefault();

    /// <summary>The elements of a name at the innermost level that has any.</summary>
    public IReadOnlyList<XElement> Children(string name) =>
        elements.Select(one => one.Named(name).ToList()).FirstOrDefault(found => found.Count > 0) ?? [];

    public string? Text(string name) =>
        elements.Select(one => one.Text(name)).FirstOrDefault(value => value is not null);

    public long? Whole(string name) =>
        elements.Select(one => one.Whole(name)).FirstOrDefault(value => value is not null);
}
