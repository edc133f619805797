namespace Decant.Client;

/// <summary>A file that has arrived whole.</summary>
/// <param name="Job">The job that made it.</param>
/// <param name="Path">Path of the file; null where it was written into a stream.</param>
/// <param name="Length">Bytes: as many as the job, the file's head and every part of it announced.</param>
/// <param name="ContentType">Media type of the file, such as <c>audio/mpeg</c>.</param>
public sealed record DownloadResult(Job Job, string? Path, long Length, string? ContentType);
