using System.Globalization;
using Decant.Server.Jobs;
using Microsoft.Extensions.Options;

namespace Decant.Server.Files;

/// <summary>Makes and checks the links to files. Whoever has one needs no credential, until it expires.</summary>
internal sealed class FileLinks(LinkKey key, IOptions<FilesOptions> options, TimeProvider time)
{
    /// <summary>Link to the medium, or to the thumbnail of a job that makes nothing else.</summary>
    public Uri? ToProduct(Job job, string origin) => To(job, job.KeptFiles?.Product, origin);

    public Uri? ToThumbnail(Job job, string origin) => To(job, job.KeptFiles?.Thumbnail, origin);

    /// <returns>Null where the file is not kept (any more).</returns>
    public Uri? To(Job job, JobFile? file, string origin) =>
        file is null || job.KeptFiles is null ? null : Make(job.ExpiresAt, origin, file.LinkName(job.Id));

    /// <param name="batchId">The batch.</param>
    /// <param name="expires">Expiry of the first of its files (UTC).</param>
    /// <param name="origin">Public origin of the server.</param>
    public Uri ToArchive(Guid batchId, DateTimeOffset? expires, string origin) =>
        Make(expires, origin, ArchiveName(batchId));

    /// <returns>False for a link that was changed or is past its time.</returns>
    public bool IsValid(string name, string? expires, string? signature) =>
        long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
        && key.IsGenuine(Signed(name, until), signature)
        && time.GetUtcNow().ToUnixTimeSeconds() < until;

    public static string ArchiveName(Guid batchId) => $"batch_{batchId}.zip";

    private Uri Make(DateTimeOffset? expires, string origin, string name)
    {
        var until = ExpiryOf(expires).ToUnixTimeSeconds();
        return new Uri($"{origin}/download/{name}?expires={until}&signature={key.Sign(Signed(name, until))}");
    }

    private DateTimeOffset ExpiryOf(DateTimeOffset? expires)
    {
        // In whole steps of a tenth of the life, so that a client that polls sees the same link again.
        var life = options.Value.LinkTimeToLive;
        var step = Math.Max(1, (long)life.TotalSeconds / 10);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var latest = DateTimeOffset.FromUnixTimeSeconds((now / step * step) + (long)life.TotalSeconds);
        return expires < latest ? expires.Value : latest;
    }

    private static string Signed(string name, long until) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}\n{until}");
}
