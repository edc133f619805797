namespace Decant.Engine.Sources;

/// <summary>Person whom a platform knows by their cookies.</summary>
/// <param name="Scope">Owner of the cookies. What is found with them is shared within the same scope and nowhere else.</param>
/// <param name="Cookies">None of them expired.</param>
public sealed record SourceIdentity(string Scope, IReadOnlyList<SourceCookie> Cookies)
{
    /// <summary>Receiver of the cookies that the platform set anew while it was asked, before the look-up answers; null where nobody keeps them.</summary>
    public Func<IReadOnlyList<RenewedCookie>, CancellationToken, Task>? KeepRenewed { get; init; }
}

/// <summary>Cookie of a person as the platform set it anew.</summary>
/// <param name="Cookie">Cookie as it is to be sent from now on.</param>
/// <param name="Expires">Unix seconds; null where it says nothing of it.</param>
public sealed record RenewedCookie(SourceCookie Cookie, double? Expires);
