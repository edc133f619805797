using Decant.Engine.Planning;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Presets.Endpoints;

/// <summary><c>GET /api/v1/presets</c>.</summary>
internal static class ListPresets
{
    public static async Task<Ok<PageOf<PresetView>>> HandleAsync(
        [AsParameters] Page page,
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        var (limit, skip) = page.Read();
        // An account has a hundred at most, so that one page of them is all of them.
        var own = await db.OwnPresetsOf(context.GetCaller())
            .AsNoTracking()
            .OrderBy(preset => preset.NormalizedName)
            .ToListAsync(cancellationToken);
        PresetView[] all = [.. BuiltInPreset.All.Select(PresetView.Of), .. own.Select(PresetView.Of)];
        return TypedResults.Ok(new PageOf<PresetView>([.. all.Skip(skip).Take(limit)], all.Length, limit, skip));
    }
}
