using Decant.Engine;
using Decant.Server.Data;
using Decant.Server.Platforms.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Upkeep;

/// <summary><c>GET /api/v1/admin/extractor</c>.</summary>
internal static class GetExtractor
{
    public static async Task<Ok<ExtractorView>> HandleAsync(
        MediaEngine engine,
        UpkeepRecords records,
        PlatformCircuits circuits,
        DecantDb db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await records.RunAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return TypedResults.Ok(
            ExtractorView.Of(
                engine.Extractor,
                await PlatformRecords.ReadAsync(db, today, cancellationToken),
                await circuits.OpenAsync(cancellationToken),
                today
            )
        );
    }
}
