namespace Decant.Engine.Sources;

/// <summary>Cookie of a person, sent where a browser would send it.</summary>
/// <param name="Domain">Domain, with a leading dot where it counts for the names below too.</param>
/// <param name="Path">Path, such as <c>/</c>.</param>
/// <param name="Name">Name of the cookie.</param>
/// <param name="Value">A secret.</param>
/// <param name="Secure">True for a cookie that goes over https only.</param>
public sealed record SourceCookie(string Domain, string Path, string Name, string Value, bool Secure)
{
    /// <summary>The cookie's name and domain, without the value, which must not get into a log.</summary>
    public override string ToString() => $"{Name} of {Domain}";
}
