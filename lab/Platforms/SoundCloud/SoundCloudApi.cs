using System.Globalization;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms.SoundCloud;

/// <summary>SoundCloud's API of its own pages. Without the key from its script it answers 401.</summary>
internal sealed class SoundCloudApi(SignedLinks signed) : ISite
{
    private readonly SoundCloudLinks _links = new(signed);

    public IReadOnlyList<string> Hosts => ["api-v2.soundcloud.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").AddEndpointFilter(RequireKey);
        api.MapGet("/resolve", (string url) => Resolve(new Uri(url)));
        api.MapGet(
            "/tracks/{id:long}",
            (long id, string? secret_token) => Track(SoundCloudTrack.Find(id), secret_token)
        );
        api.MapGet(
            "/playlists/{id:long}",
            (long id) => SoundCloudSet.Find(id) is { } set ? JsonAnswer.Of(SoundCloudRecords.Set(set)) : Gone()
        );
        api.MapGet(
            "/users/{id:long}/tracks",
            (long id) => Collection(SoundCloudRecords.OwnTracks.Select(track => SoundCloudRecords.Track(track)))
        );
        api.MapGet(
            "/users/{id:long}/playlists",
            (long id) => Collection(SoundCloudSet.OfTheUser.Select(SoundCloudRecords.Set))
        );
        api.MapGet(
            "/stream/users/{id:long}",
            (long id) =>
                Collection(
                    SoundCloudRecords.OwnTracks.Select(track => new
                    {
                        type = "track",
                        track = SoundCloudRecords.Track(track),
                    })
                )
        );
        api.MapGet("/media/{urn}/{preset}/stream/{protocol}", Stream);
    }

    private static ValueTask<object?> RequireKey(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) =>
        context.HttpContext.Request.Query["client_id"] == SoundCloudSite.ClientId
            ? next(context)
            : ValueTask.FromResult<object?>(JsonAnswer.Of(new { }, StatusCodes.Status401Unauthorized));

    private static IResult Resolve(Uri page)
    {
        var parts = page.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts[0] != SoundCloudTrack.User)
        {
            return Gone();
        }

        return parts switch
        {
            [_] => JsonAnswer.Of(SoundCloudRecords.User),
            [_, "sets", var slug, ..] => SoundCloudSet.Find(slug) is { } set
                ? JsonAnswer.Of(SoundCloudRecords.Set(set))
                : Gone(),
            _ => SoundCloudTrack.Find(parts[1]) is { } track ? Track(track, parts.ElementAtOrDefault(2)) : Gone(),
        };
    }

    private static IResult Track(SoundCloudTrack track, string? secret) =>
        track.Standing == TrackStanding.Refused ? TypedResults.StatusCode(StatusCodes.Status403Forbidden)
        : track.IsShown(secret) ? JsonAnswer.Of(SoundCloudRecords.Track(track))
        : Gone();

    private IResult Stream(string urn, string preset, string protocol, string? secret_token, HttpContext context)
    {
        var track = SoundCloudTrack.Find(long.Parse(urn.Split(':')[^1], CultureInfo.InvariantCulture));
        if (track.Standing == TrackStanding.RateLimited)
        {
            context.Response.Headers.RetryAfter = "30";
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return SoundCloudFormat.Find(preset, protocol) is { } format && track.IsShown(secret_token)
            ? JsonAnswer.Of(new { url = _links.To(track, format) })
            : Gone();
    }

    private static ContentHttpResult Collection(IEnumerable<object> items) =>
        JsonAnswer.Of(new { collection = items, next_href = (string?)null });

    private static ContentHttpResult Gone() => JsonAnswer.Of(new { }, StatusCodes.Status404NotFound);
}
