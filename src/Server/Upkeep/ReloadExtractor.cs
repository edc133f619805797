using Decant.Engine;
using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Platforms.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Upkeep;

/// <summary><c>POST /api/v1/admin/extractor/reload</c>: this node's alone; the others notice replaced files by themselves, as this one does.</summary>
internal static class ReloadExtractor
{
    public static async Task<Ok<ExtractorView>> HandleAsync(
        HttpContext context,
        MediaEngine engine,
        UpkeepRecords records,
        PlatformCircuits circuits,
        DecantDb db,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await db.InWriteTransactionAsync(
            token =>
            {
                var was = $"on {Environment.MachineName}, where yt-dlp {engine.Extractor.Version ?? "did not run"}";
                audit.Add(db, AuditAction.ExtractorReloaded, Actor.Of(context), accountId: null, was);
                return db.SaveChangesAsync(token);
            },
            cancellationToken
        );
        await engine.ReloadExtractorAsync(cancellationToken);
        return await GetExtractor.HandleAsync(engine, records, circuits, db, time, cancellationToken);
    }
}
