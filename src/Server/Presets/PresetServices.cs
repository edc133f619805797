using Decant.Engine.Errors;
using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Presets.Endpoints;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Presets;

/// <summary>Presets: choices of file under a name, kept on the server for every client of an account.</summary>
internal static class PresetServices
{
    public static void AddPresets(this WebApplicationBuilder builder) => builder.Services.AddSingleton<PresetBook>();

    public static void MapPresets(this IEndpointRouteBuilder app)
    {
        var presets = app.MapGroup("/api/v1/presets").WithTags("Presets").Limit(RateLimit.Account);
        presets
            .MapGet("/", ListPresets.HandleAsync)
            .RequireScope(Scopes.MediaRead)
            .Refuses(ApiError.InvalidRequest)
            .WithSummary("Presets to download with by name: the built-in ones, then your own");
        presets
            .MapGet("/{name}", GetPreset.HandleAsync)
            .RequireScope(Scopes.MediaRead)
            .Refuses(ApiError.InvalidRequest, ApiError.NotFound)
            .WithSummary("One preset");
        presets
            .MapPut("/{name}", PutPreset.HandleAsync)
            .RequireScope(Scopes.MediaWrite)
            .Refuses(ApiError.InvalidRequest, MediaError.UnknownFormat.ToApiError())
            .WithSummary("Keep a preset of your own under a name, in place of one that has it");
        presets
            .MapDelete("/{name}", DeletePreset.HandleAsync)
            .RequireScope(Scopes.MediaWrite)
            .Refuses(ApiError.InvalidRequest, ApiError.NotFound)
            .WithSummary("Delete a preset of your own");
    }
}
