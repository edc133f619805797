using Decant.Engine.Planning;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Presets.Endpoints;

/// <summary><c>GET /api/v1/presets/{name}</c>.</summary>
internal static class GetPreset
{
    /// <param name="name">Name of the preset.</param>
    public static async Task<Ok<PresetView>> HandleAsync(
        string name,
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        if (BuiltInPreset.Find(name) is { } builtIn)
        {
            return TypedResults.Ok(PresetView.Of(builtIn));
        }

        var normalized = PresetName.Normalize(PresetName.Read(name));
        var own = await db.OwnPresetsOf(context.GetCaller())
            .AsNoTracking()
            .SingleOrDefaultAsync(preset => preset.NormalizedName == normalized, cancellationToken);
        return TypedResults.Ok(PresetView.Of(own ?? throw OwnPresets.Missing(name)));
    }
}
