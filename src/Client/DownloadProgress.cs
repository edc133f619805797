namespace Decant.Client;

/// <summary>Progress of a download.</summary>
/// <param name="Job">The job as last seen.</param>
/// <param name="BytesReceived">Bytes of the file that have arrived here; 0 while the server is at work.</param>
public sealed record DownloadProgress(Job Job, long BytesReceived);
