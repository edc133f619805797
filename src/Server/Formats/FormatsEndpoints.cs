using Decant.Server.Accounts;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Decant.Server.Formats;

internal static class FormatsEndpoints
{
    private static readonly string[] Qualities =
    [
        "144p",
        "240p",
        "360p",
        "480p",
        "720p",
        "1080p",
        "1440p",
        "2160p",
        "best",
        "worst",
    ];

    /// <summary>The documents' names, and <c>soundcloud</c>: their table of platforms has it, their list does not.</summary>
    public static readonly IReadOnlyList<string> Platforms =
    [
        "youtube",
        "tiktok",
        "instagram",
        "vimeo",
        "spotify",
        "twitter",
        "facebook",
        "twitch",
        "dailymotion",
        "soundcloud",
        "other",
    ];

    public static void MapFormats(this IEndpointRouteBuilder app)
    {
        foreach (var video in app.VideoFamilies())
        {
            video
                .MapGet("/formats", All)
                .RequireScope(Scopes.MediaRead)
                .WithSummary("What can be asked for with a credential");
            video.MapGet("/public/formats", Public).WithSummary("What can be asked for without a credential");
        }
    }

    private static Ok<FormatsResponse> All(IOptions<LimitOptions> limits) =>
        TypedResults.Ok(
            new FormatsResponse(
                ["mp4", "webm", "mkv", "flv", "avi", "mov"],
                ["mp3", "wav", "aac", "m4a", "ogg", "opus", "flac"],
                Qualities,
                Platforms,
                new FormatsLimitations(limits.Value.MaxDuration?.TotalMinutes, true, "Variable based on duration")
            )
        );

    private static Ok<FormatsResponse> Public(IOptions<LimitOptions> limits) =>
        TypedResults.Ok(
            new FormatsResponse(
                ["mp4"],
                ["mp3", "wav"],
                Qualities,
                Platforms,
                new FormatsLimitations(limits.Value.PublicMaxDuration.TotalMinutes, false, 0)
            )
        );
}

/// <summary>Formats, qualities and platforms that requests may name.</summary>
/// <param name="VideoFormats">Containers with a picture.</param>
/// <param name="AudioFormats">Containers of sound alone.</param>
/// <param name="QualityOptions">Values of <c>quality</c> for video; for audio, <c>64kbps</c> to <c>320kbps</c> besides.</param>
/// <param name="SupportedPlatforms">Platforms with a name of their own; any other page is <c>other</c>.</param>
/// <param name="Limitations">Limits of length and price.</param>
internal sealed record FormatsResponse(
    IReadOnlyList<string> VideoFormats,
    IReadOnlyList<string> AudioFormats,
    IReadOnlyList<string> QualityOptions,
    IReadOnlyList<string> SupportedPlatforms,
    FormatsLimitations Limitations
);

/// <summary>Limits of length and price.</summary>
/// <param name="MaxDurationMinutes">Longest medium in minutes; null for no limit.</param>
/// <param name="RequiresAuthentication">A credential is needed.</param>
/// <param name="CreditCost">The documents have a number for public downloads and a sentence for the others.</param>
internal sealed record FormatsLimitations(double? MaxDurationMinutes, bool RequiresAuthentication, object CreditCost);
