namespace Decant.Server.Info;

/// <param name="Url">The page or file to look up.</param>
/// <param name="IncludeFormats">List what the source offers (or a playlist's entries) as well.</param>
internal sealed record InfoRequest(string? Url, bool IncludeFormats = false);
