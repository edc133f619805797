using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Engine.Fetching;
using Decant.Server.Data;
using Decant.Server.Errors;
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

        var id = long.Parse(NamePattern.Match(name).Groups["id"].Value, CultureInfo.InvariantCulture);
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
        var kept = job?.KeptFiles?.All.FirstOrDefault(file => file.LinkName(id) == name);
        return kept is not null && storage.Find(kept.Key) is { } bytes
            ? new FileAnswer(
                new StoredFile(
                    bytes,
                    kept.ContentType,
                    SaveName.Of(job!, kept.SaveExtension),
                    kept.Key,
                    WholeSeconds(job!.CompletedAt ?? job.CreatedAt)
                )
            )
            : throw new ApiException(ApiError.NotFound, $"The file {name} is not kept any more.");
    }

    /// <summary>HTTP dates have no fractions, and a date that is to be compared must not have any either.</summary>
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    [GeneratedRegex(@"^[a-z]+_(?<id>\d{1,18})[._]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex NamePattern { get; }
}
