using Decant.Engine;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Decant.Server.Jobs.Requests;
using Decant.Server.Money;
using Decant.Server.Platforms;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Decant.Server.Info;

internal static class InfoEndpoints
{
    /// <summary>A list's download takes the first so many entries where the request picks none; its estimate is theirs.</summary>
    private const int PricedEntries = 50;

    private static readonly HashSet<string> PublicExtensions = ["mp4", "m4a", "mp3", "wav"];

    public static void MapInfo(this IEndpointRouteBuilder app)
    {
        var video = app.Video();
        video
            .MapPost("/info", InfoAsync)
            .RequireScope(Scopes.MediaRead)
            .Limit(RateLimit.Info)
            .Refuses([.. MediaErrors.All])
            .WithSummary("Look a URL up: title, length, price, and what the source offers");
        video
            .MapPost("/public/info", PublicInfoAsync)
            .Limit(RateLimit.PublicInfo)
            .Refuses([.. MediaErrors.All])
            .WithSummary("Look a URL up without a credential");
        video
            .MapGet("/transcript", GetTranscript.HandleAsync)
            .RequireScope(Scopes.MediaRead)
            .Limit(RateLimit.Info)
            .Refuses([.. MediaErrors.All])
            .WithSummary("What is said in a medium, as text: its subtitles, before anything of it is downloaded");
        video
            .MapGet("/preview", GetPreview.HandleAsync)
            .RequireScope(Scopes.MediaRead)
            .Limit(RateLimit.Preview)
            .Refuses([.. MediaErrors.All])
            .WithSummary("A medium's picture as a JPEG, before anything of it is downloaded")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg");
    }

    private static async Task<Ok<InfoResponse>> InfoAsync(
        InfoRequest request,
        HttpContext context,
        LookUps lookUps,
        Pricing pricing,
        CancellationToken cancellationToken
    )
    {
        var info = await lookUps.InspectAsync(
            Asker.Of(context.GetCaller().AccountId),
            MediaUrl.Parse(request.Url),
            new InspectOptions(),
            cancellationToken
        );
        return TypedResults.Ok(Describe(info, PriceOf(info, pricing), request.IncludeFormats, info.Formats, _ => true));
    }

    private static async Task<Ok<InfoResponse>> PublicInfoAsync(
        InfoRequest request,
        HttpContext context,
        LookUps lookUps,
        IOptions<LimitOptions> limits,
        CancellationToken cancellationToken
    )
    {
        var info = await lookUps.InspectAsync(
            Asker.Stranger(ClientId.Of(context, RateLimit.PublicInfo)),
            MediaUrl.Parse(request.Url),
            new InspectOptions(),
            cancellationToken
        );
        var basic = info.Formats.Where(format =>
            PublicExtensions.Contains(format.Extension)
            && InfoFormats.LinesOf(format).GetValueOrDefault() <= limits.Value.PublicMaxHeight
        );
        return TypedResults.Ok(
            Describe(
                info,
                Price.Nothing,
                request.IncludeFormats,
                basic,
                option => MediaLimits.IsPublic(option, limits.Value)
            )
        );
    }

    /// <summary>Price of a medium, or of the entries of a list that a download would take.</summary>
    public static Price PriceOf(MediaInfo info, Pricing pricing)
    {
        if (info.Entries is not { } entries)
        {
            return pricing.ForMedia(info.Duration);
        }

        var prices = entries
            .Take(PricedEntries)
            .Where(entry => entry.Failure is null)
            .Select(entry => pricing.ForMedia(entry.Duration))
            .ToList();
        return new Price(prices.Sum(price => price.Credits), prices.Sum(price => price.Cents));
    }

    private static InfoResponse Describe(
        MediaInfo info,
        Price price,
        bool includeFormats,
        IEnumerable<SourceFormat> formats,
        Func<OutputOption, bool> offered
    ) =>
        new()
        {
            Title = info.Title,
            Description = info.Description,
            Uploader = info.Uploader,
            UploadDate = info.UploadDate,
            Duration = info.Duration?.TotalSeconds,
            ViewCount = info.ViewCount,
            LikeCount = info.LikeCount,
            ThumbnailUrl = info.ThumbnailUrl,
            Platform = info.Platform.Name,
            VideoId = info.Id,
            EstimatedCredits = price.Credits,
            EstimatedUsd = Usd.FromCents(price.Cents),
            WebpageUrl = info.PageUrl,
            IsLive = info.IsLive,
            IsPlaylist = info.IsPlaylist,
            PlaylistCount = info.PlaylistCount,
            Matched = Matched.Of(info),
            Formats = includeFormats ? [.. formats.Select(InfoFormats.ToWire)] : null,
            Subtitles = includeFormats && !info.IsPlaylist ? [.. info.Subtitles.Select(InfoFormats.ToWire)] : null,
            Chapters = includeFormats && info.Chapters.Count > 0 ? [.. info.Chapters.Select(InfoChapter.Of)] : null,
            Options =
                includeFormats && !info.IsPlaylist && !info.IsLive
                    ? [.. MediaEngine.OptionsOf(info).Where(offered).Select(InfoFormats.ToWire)]
                    : null,
            Entries = includeFormats ? info.Entries?.Select(InfoEntry.Of).ToList() : null,
        };
}
