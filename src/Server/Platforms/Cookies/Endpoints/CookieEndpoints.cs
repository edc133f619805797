using Decant.Engine.Sources;
using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Platforms.Cookies.Endpoints;

internal static class CookieEndpoints
{
    public static void MapCookies(this IEndpointRouteBuilder app)
    {
        var cookies = app.Video().MapGroup("/cookies");
        cookies
            .MapPut("/", PutCookies.HandleAsync)
            .RequireScope(Scopes.MediaWrite)
            .Limit(RateLimit.JobManagement)
            .Refuses(ApiError.InvalidRequest)
            .WithSummary("Keep your cookies for a platform, encrypted; look-ups and downloads of yours use them");
        cookies
            .MapGet("/", ListCookies.HandleAsync)
            .RequireScope(Scopes.MediaRead)
            .Limit(RateLimit.JobStatus)
            .WithSummary("For which platforms cookies are kept, and how long they are good");
        cookies
            .MapDelete("/", DeleteCookies.HandleAsync)
            .RequireScope(Scopes.MediaWrite)
            .Limit(RateLimit.JobManagement)
            .Refuses(ApiError.InvalidRequest, ApiError.NotFound)
            .WithSummary("Forget your cookies for a platform");
    }

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static Platform ReadPlatform(string? name) =>
        GivenCookies.Platforms.FirstOrDefault(platform => platform.Name == name)
        ?? throw ApiException.Invalid(
            "platform",
            $"The platform '{name}' is none that takes cookies; these do: {string.Join(", ", GivenCookies.Platforms)}."
        );
}
