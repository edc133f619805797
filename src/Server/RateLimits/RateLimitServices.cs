using System.Globalization;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Decant.Server.RateLimits;

internal static class RateLimitServices
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.AddSettings<RateLimitOptions>("RateLimits");
        if (builder.UsesPostgres())
        {
            builder.Services.AddSingleton<SharedRateLimiter>();
            builder.Services.AddSingleton<IRateLimiter>(provider => provider.GetRequiredService<SharedRateLimiter>());
            builder.Services.AddHostedService<RateLimitJanitor>();
        }
        else
        {
            builder.Services.AddSingleton<IRateLimiter, RateLimiter>();
        }
    }

    /// <summary>Counts the call before its body is read, and before it is refused for its credential or scope.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        var limiter = app.Services.GetRequiredService<IRateLimiter>();
        var options = app.Services.GetRequiredService<IOptions<RateLimitOptions>>();
        app.Use(
            (context, next) =>
                LimitOf(context) is { } limit && options.Value.Of(limit) is > 0 and var most
                    ? CountAsync(context, next, limiter, limit, most)
                    : next(context)
        );
    }

    /// <summary>
    /// Callers without a good credential are counted by address, whatever they ask for: so many keys may be tried from one place.
    /// A good credential passes there all the same, or else anybody could shut out their neighbours behind one address.
    /// </summary>
    private static RateLimit? LimitOf(HttpContext context)
    {
        var endpoint = context.GetEndpoint()?.Metadata;
        return endpoint?.GetMetadata<IAuthorizeData>() is not null && context.TryGetCaller() is null
            ? RateLimit.Unauthenticated
            : endpoint?.GetMetadata<RateLimitMetadata>()?.Limit;
    }

    private static async Task CountAsync(
        HttpContext context,
        RequestDelegate next,
        IRateLimiter limiter,
        RateLimit limit,
        int most
    )
    {
        var (allowed, remaining, reset) = await limiter.TakeAsync(
            limit,
            ClientId.Of(context, limit),
            context.RequestAborted
        );
        var seconds = (long)Math.Ceiling(reset.TotalSeconds);
        var name = limit.WireName();

        // When the answer starts, since an exception clears the headers set before it.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["RateLimit-Policy"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"{name}\";q={most};w={RateLimiter.Window.TotalSeconds}"
            );
            context.Response.Headers["RateLimit"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"{name}\";r={remaining};t={seconds}"
            );
            return Task.CompletedTask;
        });

        if (allowed)
        {
            await next(context);
            return;
        }

        // Written and not thrown: a flood is what this must be cheap for.
        await Problem.WriteAsync(
            context,
            ApiError.RateLimited,
            $"{most} requests a minute are allowed here; wait {seconds} s before the next.",
            new Dictionary<string, object?> { ["limit"] = most, ["retry_after"] = seconds },
            reset
        );
    }

    public static string WireName(this RateLimit limit) =>
        limit switch
        {
            RateLimit.PublicInfo => "public-info",
            RateLimit.PublicDownload => "public-download",
            RateLimit.Info => "info",
            RateLimit.Preview => "preview",
            RateLimit.Download => "download",
            RateLimit.Bulk => "bulk",
            RateLimit.JobStatus => "job-status",
            RateLimit.JobManagement => "job-management",
            RateLimit.Account => "account",
            RateLimit.SignIn => "sign-in",
            RateLimit.Unauthenticated => "unauthenticated",
            _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, null),
        };
}
