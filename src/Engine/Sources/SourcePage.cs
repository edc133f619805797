using System.Diagnostics.CodeAnalysis;

namespace Decant.Engine.Sources;

/// <summary>A page or an entry of one (<see cref="EntryAddress"/>), and as whom it is asked for. An address alone is asked for as a stranger.</summary>
[SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named way.")]
public sealed record SourcePage(Uri Url)
{
    /// <summary>The identity to ask as; null for a stranger.</summary>
    public SourceIdentity? Identity { get; init; }

    /// <summary>Entry of the page; null for the page itself.</summary>
    public EntryAddress? Entry => EntryAddress.TryRead(Url);

    public static implicit operator SourcePage(Uri url) => new(url);
}
