using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;

namespace Decant.Server.Presets.Endpoints;

/// <summary>Presets of the caller's account.</summary>
internal static class OwnPresets
{
    public static IQueryable<Preset> OwnPresetsOf(this DecantDb db, Caller caller) =>
        db.Presets.Where(preset => preset.AccountId == caller.AccountId);

    public static ApiException Missing(string name) => new(ApiError.NotFound, $"There is no preset '{name}' of yours.");
}
