namespace Decant.Engine;

/// <summary>JavaScript runtime for YouTube's player script, as the extractor finds it. Without a runtime it has fewer formats.</summary>
public sealed record JavaScriptOptions
{
    /// <summary>deno or Node, by path; null looks in <see cref="Folder"/> and then where programs are installed.</summary>
    public string? Runtime { get; init; }

    /// <summary>Directory that <c>./decant</c> filled: deno, and the packages of yt-dlp's solver. Null, or one that is not there, for none.</summary>
    public string? Folder { get; init; }

    internal IEnumerable<string> WorkerArguments =>
        [
            .. Runtime is null ? Array.Empty<string>() : ["--js-runtime", Runtime],
            .. Folder is null ? Array.Empty<string>() : ["--js-folder", Folder],
        ];
}
