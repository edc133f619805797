using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Presets.Endpoints;

/// <summary><c>DELETE /api/v1/presets/{name}</c>.</summary>
internal static class DeletePreset
{
    /// <param name="name">Name of a preset of one's own.</param>
    public static async Task<Ok<DeletedPreset>> HandleAsync(
        string name,
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        var normalized = PresetName.Normalize(PresetName.Read(name));
        var caller = context.GetCaller();
        var gone = await db.InWriteTransactionAsync(
            token =>
                db.OwnPresetsOf(caller).Where(preset => preset.NormalizedName == normalized).ExecuteDeleteAsync(token),
            cancellationToken
        );
        return gone == 0
            ? throw OwnPresets.Missing(name)
            : TypedResults.Ok(new DeletedPreset("Preset deleted successfully"));
    }
}

/// <param name="Message">Text for a person.</param>
internal sealed record DeletedPreset(string Message);
