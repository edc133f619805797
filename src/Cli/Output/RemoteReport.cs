using Decant.Client;

namespace Decant.Cli.Output;

/// <summary>Report of <c>decant get --remote --json</c>: a file, and the job that made it.</summary>
internal sealed record RemoteReport(
    string Path,
    long JobId,
    string? Title,
    string Url,
    string Platform,
    string Format,
    long? FileSize,
    double? Duration,
    string? Resolution,
    long CreditsUsed
)
{
    public static RemoteReport Of(Job job, string path) =>
        new(
            path,
            job.Id,
            job.Title,
            job.Url,
            job.Platform,
            job.Format,
            job.FileSize,
            job.Duration,
            job.Resolution,
            job.CreditsUsed
        );
}
