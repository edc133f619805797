namespace Decant.Lab.Serving;

/// <summary>Names under which the lab's own sites are routed and can be reached through its proxy.</summary>
internal static class SiteNames
{
    public static IReadOnlyList<string> Origin { get; } = ["media.lab.example", "*.media.lab.example"];

    /// <summary>Any literal address or local name asked of the proxy lands here, as it would inside a company's network.</summary>
    public static IReadOnlyList<string> Internal { get; } = ["internal.lab.example"];
}
