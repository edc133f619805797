using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Engine.Fetching;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs;
using Decant.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Files;

/// <summary><c>GET</c> and <c>HEAD /download/{name}</c>.</summary>
internal static partial class DownloadFile
{
    public static async Task<IResult> HandleAsync(
        string name,
        string? expires,
        string? signature,
        FileLinks links,
        DecantDb db,
        IStorage storage,
        HttpContext context,
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
        if (kept is null)
        {
            throw NotKept(name);
        }

        var saveAs = SaveName.Of(job!, kept.SaveExtension);
        if (storage.Presign(kept.Key, DirectAnswerOf(context, kept, saveAs)) is { } direct)
        {
            return new DirectLink(direct);
        }

        return await storage.OpenAsync(kept.Key, cancellationToken) is { } bytes
            ? new FileAnswer(
                new StoredFile(
                    bytes,
                    kept.ContentType,
                    saveAs,
                    kept.Key,
                    WholeSeconds(job!.CompletedAt ?? job.CreatedAt)
                )
            )
            : throw NotKept(name);
    }

    private static ApiException NotKept(string name) =>
        new(ApiError.NotFound, $"The file {name} is not kept any more.");

    private static DirectAnswer DirectAnswerOf(HttpContext context, JobFile file, string saveAs) =>
        new(
            file.ContentType,
            FileAnswer.DispositionOf(context, saveAs).ToString(),
            HttpMethods.IsHead(context.Request.Method)
        );

    /// <summary>HTTP dates have no fractions, and a date that is to be compared must not have any either.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    [GeneratedRegex(@"^[a-z]+_(?<id>\d{1,18})[._]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex NamePattern { get; }
}
