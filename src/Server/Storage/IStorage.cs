namespace Decant.Server.Storage;

/// <summary>Finished files of jobs, each under a key (<see cref="StorageKey"/>). Nobody else knows where they are, and nobody else deletes them.</summary>
internal interface IStorage
{
    /// <summary>Place of the storage in the operator's words, for log and errors; no secret.</summary>
    string Place { get; }

    /// <summary>Takes a file in and off the disk where it was. When this returns, the whole file is under its key, and would survive a power cut.</summary>
    /// <exception cref="StorageTroubleException">The storage is out of reach, or refuses. Nothing is there under the key.</exception>
    Task PutAsync(string path, string key, CancellationToken cancellationToken);

    /// <returns>Null where there is no such file (any more).</returns>
    /// <exception cref="StorageTroubleException">The storage is out of reach, or refuses.</exception>
    Task<StoredContent?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes a file, if it is there.</summary>
    /// <exception cref="StorageTroubleException">The storage is out of reach, or refuses.</exception>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes all files of a job, those that a killed run left included.</summary>
    /// <exception cref="StorageTroubleException">The storage is out of reach, or refuses.</exception>
    Task DeleteAllOfAsync(long jobId, CancellationToken cancellationToken);

    /// <summary>Lists the keys of files that were put before a time.</summary>
    /// <exception cref="StorageTroubleException">The storage is out of reach, or refuses.</exception>
    IAsyncEnumerable<string> ListAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Removes what puts that were broken off before a time have left.</summary>
    /// <exception cref="StorageTroubleException">The storage is out of reach, or refuses.</exception>
    Task TidyAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>A name that this storage got when it was first used, by which nodes know that they mean the same one.</summary>
    /// <param name="proposed">Name to give the storage where it has none yet.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <exception cref="StorageTroubleException">The storage is out of reach, or refuses.</exception>
    Task<string> IdentifyAsync(string proposed, CancellationToken cancellationToken);

    /// <returns>An address under which the storage itself serves a file for a while; null where this server serves it.</returns>
    Uri? Presign(string key, DirectAnswer answer);
}

/// <summary>The answer that a storage is to give where it serves a file itself.</summary>
/// <param name="ContentType">Media type.</param>
/// <param name="ContentDisposition">The whole header.</param>
/// <param name="IsHead">True where the link is for <c>HEAD</c>, false for <c>GET</c>.</param>
internal sealed record DirectAnswer(string ContentType, string ContentDisposition, bool IsHead);
