using Decant.Engine;
using Decant.Engine.Planning;
using Decant.Server.Jobs;

namespace Decant.Server.Files;

/// <summary>What a job's files are called where a client saves them.</summary>
internal static class SaveName
{
    /// <summary>The client's own name, its extension corrected to what the file is, or else the title.</summary>
    public static string Of(Job job, string extension)
    {
        if (job.Request.OutputFilename is not { Length: > 0 } asked)
        {
            return FileName.Clean(job.Title ?? "", extension);
        }

        var stem = Container.TryParse(Path.GetExtension(asked), out _)
            ? asked[..^Path.GetExtension(asked).Length]
            : asked;
        return FileName.Clean(stem, extension);
    }
}
