namespace Decant.Server.Web;

/// <summary>Settings under <c>Web</c>.</summary>
internal sealed class WebOptions
{
    /// <summary>Folder of the built page, absolute or relative to the program; without an <c>index.html</c> in it a small plain page is served.</summary>
    public string Folder { get; init; } = "web";

    public string FullFolder => Path.GetFullPath(Folder, AppContext.BaseDirectory);
}
