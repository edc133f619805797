using Decant.Engine;
using Decant.Engine.Planning;
using Decant.Server.Jobs;

namespace Decant.Server.Files;

/// <summary>File names under which clients save a job's files (<c>Content-Disposition</c>).</summary>
internal static class SaveName
{
    /// <summary>Extensions that a client may have put behind the name of a picture or of subtitles.</summary>
    private static readonly string[] OtherExtensions = [".jpg", ".jpeg", ".png", ".webp", ".srt", ".vtt"];

    /// <summary>The client's own name, its extension corrected to what the file is, or else the title.</summary>
    public static string Of(Job job, string extension)
    {
        if (job.Request.OutputFilename is not { Length: > 0 } asked)
        {
            return FileName.Clean(job.Title ?? "", extension);
        }

        var given = Path.GetExtension(asked);
        var isKnown =
            Container.TryParse(given, out _) || OtherExtensions.Contains(given, StringComparer.OrdinalIgnoreCase);
        return FileName.Clean(isKnown ? asked[..^given.Length] : asked, extension);
    }
}
