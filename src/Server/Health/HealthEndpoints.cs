using Decant.Engine;
using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Decant.Server.Health;

internal static class HealthEndpoints
{
    public static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<RecentHealth>().AddSingleton<DatabaseHealth>();

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("").WithTags("Health");
        foreach (var path in (string[])["/healthz", "/api/v1/health"])
        {
            health.MapGet(path, () => TypedResults.Ok(new Liveness("ok"))).WithSummary("Whether the process answers");
        }

        health
            .MapGet("/readyz", ReadyAsync)
            .WithSummary("Whether work can be done, and what is missing")
            .Produces<Readiness>()
            .Produces<Readiness>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<JsonHttpResult<Readiness>> ReadyAsync(
        RecentHealth recent,
        DatabaseHealth databaseHealth,
        LoopTroubles troubles,
        DataDirectory directory,
        PlatformCircuits circuits,
        StorageHealth storage,
        IOptions<NodeOptions> node,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var engineHealth = await recent.GetAsync(cancellationToken);
        var database = await databaseHealth.GetAsync(cancellationToken);
        IReadOnlyList<EnginePart> refusing = database.Present
            ? await CheckPlatformsAsync(circuits, cancellationToken)
            : [];
        IReadOnlyList<EnginePart> failing =
        [
            .. troubles.All.Select(Show),
            .. await storage.TroubleAsync(cancellationToken) is { } trouble ? [trouble] : (EnginePart[])[],
        ];
        IReadOnlyList<EnginePart> parts =
        [
            .. engineHealth.Parts.Select(part =>
                // A node that runs no jobs makes no files.
                node.Value.RunsJobs || part.Name is not ("ffmpeg" or "ffprobe")
                    ? part
                    : part with
                    {
                        Optional = true,
                    }
            ),
            CheckDisk(directory),
            database,
            .. refusing,
            .. failing,
        ];
        var missing = parts
            .Where(part => part is { Present: false, Optional: false })
            .Select(part => part.Name)
            .ToList();
        if (missing.Count > 0)
        {
            // As long as what was found out is believed.
            context.Response.Headers.RetryAfter = "10";
        }

        return TypedResults.Json(
            new Readiness(
                missing.Count > 0 ? "not_ready"
                    : refusing.Count + failing.Count > 0 ? "degraded"
                    : "ready",
                missing,
                parts
            ),
            statusCode: missing.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }

    private static EnginePart CheckDisk(DataDirectory directory)
    {
        // No path in the answer: whoever asks is a stranger.
        var free = new DriveInfo(directory.Root).AvailableFreeSpace;
        return new EnginePart(
            "disk",
            free >= DiskSpace.Least,
            false,
            $"{free >> 20} MiB free under the data directory"
        );
    }

    private static async Task<IReadOnlyList<EnginePart>> CheckPlatformsAsync(
        PlatformCircuits circuits,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await circuits.OpenAsync(cancellationToken)).Select(circuit => new EnginePart(
                $"platform {circuit.Platform}",
                Present: false,
                Optional: true,
                $"{circuit.Platform} refuses this server ({circuit.Code}); it is asked again from {circuit.OpenUntil:u}"
            )),
        ];

    private static EnginePart Show(LoopTrouble trouble) =>
        new(
            $"background {trouble.Loop}",
            Present: false,
            Optional: true,
            $"{trouble.Failure}, since {trouble.Since:u}: {trouble.Why}"
        );
}

/// <summary>Answer of a server that lives.</summary>
/// <param name="Status"><c>ok</c>, or there would be no answer.</param>
internal sealed record Liveness(string Status);

/// <param name="Status"><c>ready</c>; <c>degraded</c> while a platform refuses this server or work in the background fails, and all else works; <c>not_ready</c> (503).</param>
/// <param name="Missing">Names of the parts without which no work can be done.</param>
/// <param name="Parts">Every part that was looked at.</param>
internal sealed record Readiness(string Status, IReadOnlyList<string> Missing, IReadOnlyList<EnginePart> Parts);
