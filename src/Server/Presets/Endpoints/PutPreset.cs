using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Presets.Endpoints;

/// <summary><c>PUT /api/v1/presets/{name}</c>: makes a preset, or puts another in its place.</summary>
internal static class PutPreset
{
    /// <summary>Presets of one account. Nobody picks from a longer list.</summary>
    private const int Most = 100;

    /// <param name="name">Name of the preset: 1 to 60 characters without a slash or a percent sign, and none of the built-in ones.</param>
    public static async Task<Ok<PresetView>> HandleAsync(
        string name,
        PresetOptions request,
        HttpContext context,
        DecantDb db,
        MediaLimits limits,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var shown = PresetName.Read(name);
        var normalized = PresetName.Normalize(shown);
        // A contradiction is found now, and not at each download.
        limits.Output(request.ToWords(), isPublic: false);
        var kept = await db.InWriteTransactionAsync(
            async token =>
            {
                await db.PassAloneAsync($"presets of {caller.AccountId}", token);
                var own = db.OwnPresetsOf(caller);
                var preset = await own.SingleOrDefaultAsync(one => one.NormalizedName == normalized, token);
                if (preset is null)
                {
                    await RefuseTooManyAsync(own, token);
                    preset = new Preset
                    {
                        AccountId = caller.AccountId,
                        Name = shown,
                        NormalizedName = normalized,
                        Options = request,
                        CreatedAt = time.GetUtcNow(),
                    };
                    db.Presets.Add(preset);
                }

                preset.Name = shown;
                preset.Options = request;
                preset.UpdatedAt = time.GetUtcNow();
                await db.SaveChangesAsync(token);
                return preset;
            },
            cancellationToken
        );
        return TypedResults.Ok(PresetView.Of(kept));
    }

    private static async Task RefuseTooManyAsync(IQueryable<Preset> own, CancellationToken cancellationToken)
    {
        var there = await own.CountAsync(cancellationToken);
        if (there >= Most)
        {
            throw new ApiException(
                ApiError.Forbidden,
                $"The account has {there} presets, and may have {Most}. Delete one that is not used any more."
            );
        }
    }
}
