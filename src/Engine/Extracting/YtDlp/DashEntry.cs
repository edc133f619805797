using System.Globalization;
using System.Text.Json;
using Decant.Engine.Fetching.Dash;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>A manifest's description of a format that the extractor lists.</summary>
/// <param name="Manifest">Manifest of the entry; null for one that cannot be read.</param>
/// <param name="Period">The period that lists it.</param>
/// <param name="Representation">Representation as the manifest has it.</param>
internal sealed record DashEntry(DashManifest? Manifest, DashPeriod? Period, DashRepresentation? Representation)
{
    public DashRendition? Rendition { get; private init; }

    public bool IsProtected => Rendition?.Parts.Any(part => part.Representation.IsProtected) == true;

    /// <summary>The format is a medium, for everybody, and in the clear.</summary>
    public bool IsOffered =>
        Representation is { IsTrickMode: false, Kind: DashKind.Video or DashKind.Audio } && !IsProtected;

    public bool HasSoundApart => Period?.All.Any(one => one.Kind == DashKind.Audio) == true;

    /// <summary>True for sound of the set that a player takes where nothing tells it which.</summary>
    public bool IsFirstSound =>
        Period
            ?.Sets.FirstOrDefault(set =>
                set.Any(one => one is { Kind: DashKind.Audio, Purpose: not DashPurpose.Aside })
            )
            ?.Any(one => ReferenceEquals(one, Representation)) == true;

    /// <returns>Null for a format of no manifest.</returns>
    public static DashEntry? Of(JsonElement raw, IReadOnlyDictionary<int, DashManifest?> manifests)
    {
        var place = raw.Text("dash")
            ?.Split(' ')
            .Select(number =>
                int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1
            )
            .ToList();
        if (place is not [var manifestAt, var periodAt, var setAt, var at])
        {
            return null;
        }
        var manifest = manifests.GetValueOrDefault(manifestAt);
        var period = manifest?.Periods.ElementAtOrDefault(periodAt);
        var one = period?.Sets.ElementAtOrDefault(setAt)?.ElementAtOrDefault(at);
        return new DashEntry(manifest, period, one)
        {
            Rendition = one is null ? null : DashRendition.Of(manifest!, period!, one),
        };
    }
}
