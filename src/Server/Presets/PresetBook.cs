using Decant.Engine.Planning;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Presets;

/// <summary>The presets that somebody may name: the built-in ones, and an account's own.</summary>
internal sealed class PresetBook(IDbContextFactory<DecantDb> databases)
{
    /// <param name="account">Account whose own presets count; null for a stranger.</param>
    /// <param name="names">Names of the presets that are asked for; null where none is.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <returns>The page of the book with those names on it.</returns>
    public async Task<PresetPage> OpenAsync(
        long? account,
        IEnumerable<string?> names,
        CancellationToken cancellationToken
    )
    {
        // Built-in ones, and none at all, are the most: they cost no question.
        var own = names
            .OfType<string>()
            .Where(name => BuiltInPreset.Find(name) is null)
            .Select(PresetName.Normalize)
            .Where(name => !name.Contains('\0', StringComparison.Ordinal))
            .Distinct()
            .ToList();
        if (account is null || own.Count == 0)
        {
            return new PresetPage(new Dictionary<string, PresetOptions>());
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return new PresetPage(
            await db
                .Presets.AsNoTracking()
                .Where(preset => preset.AccountId == account && own.Contains(preset.NormalizedName))
                .ToDictionaryAsync(preset => preset.NormalizedName, preset => preset.Options, cancellationToken)
        );
    }
}

/// <param name="Own">The account's own, by normalised name.</param>
internal sealed record PresetPage(IReadOnlyDictionary<string, PresetOptions> Own)
{
    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public PresetOptions Find(string name) =>
        BuiltInPreset.Find(name) is { } builtIn ? PresetOptions.Built(builtIn)
        : Own.TryGetValue(PresetName.Normalize(name), out var own) ? own
        : throw ApiException.Invalid(
            "preset",
            $"There is no preset '{name}'. Built in are {BuiltInPreset.Names}; others are made with PUT /api/v1/presets/{{name}}."
        );
}
