using System.Diagnostics.CodeAnalysis;

namespace Decant.Engine.Extracting;

/// <summary>A page, and as whom it is asked for. An address alone is asked for as a stranger.</summary>
[SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named way.")]
public sealed record SourcePage(Uri Url)
{
    /// <summary>As whom; null as a stranger.</summary>
    public SourceIdentity? Identity { get; init; }

    public static implicit operator SourcePage(Uri url) => new(url);
}
