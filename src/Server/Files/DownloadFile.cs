using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Engine.Planning;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Files;

/// <summary><c>GET</c> and <c>HEAD /download/{name}</c>.</summary>
internal static partial class DownloadFile
{
    public static async Task<FileAnswer> HandleAsync(
        string name,
        string? expires,
        string? signature,
        FileLinks links,
        DecantDb db,
        LocalStorage storage,
        CancellationToken cancellationToken
    )
    {
        if (!links.IsValid(name, expires, signature))
        {
            throw new ApiException(
                ApiError.BadSignature,
                "The link is changed or expired. Ask for the job again: it has a fresh one while the file is kept."
            );
        }

        var match = NamePattern.Match(name);
        var id = long.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture);
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
        var file = job is null ? null : Locate(job, isThumbnail: match.Groups["kind"].Value == "thumbnail", storage);
        return file is null
            ? throw new ApiException(ApiError.NotFound, $"The file {name} is not kept any more.")
            : new FileAnswer(file);
    }

    private static StoredFile? Locate(Job job, bool isThumbnail, LocalStorage storage)
    {
        var key = isThumbnail ? job.ThumbnailKey : job.FileKey;
        if (key is null || storage.Find(key) is not { } file)
        {
            return null;
        }

        return new StoredFile(
            file,
            isThumbnail ? "image/jpeg" : Container.Parse(job.Format).MediaType,
            SaveName.Of(job, isThumbnail ? "jpg" : job.Format),
            key,
            WholeSeconds(job.CompletedAt ?? job.CreatedAt)
        );
    }

    /// <summary>HTTP dates have no fractions, and a date that is to be compared must not have any either.</summary>
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    [GeneratedRegex(
        @"^(?<kind>video|thumbnail)_(?<id>\d{1,18})\.\w+$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex NamePattern { get; }
}
