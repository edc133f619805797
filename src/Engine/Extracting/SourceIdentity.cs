namespace Decant.Engine.Extracting;

/// <summary>Somebody whom a platform knows by their cookies.</summary>
/// <param name="Scope">Whose they are. What is found with them is shared within the same scope and nowhere else.</param>
/// <param name="Cookies">None of them expired.</param>
public sealed record SourceIdentity(string Scope, IReadOnlyList<SourceCookie> Cookies);
