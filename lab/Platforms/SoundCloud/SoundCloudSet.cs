namespace Decant.Lab.Platforms.SoundCloud;

/// <summary>An emulated set: <c>/decantlab/sets/lab-set-…</c>.</summary>
internal sealed record SoundCloudSet(long Id, string Slug, string Title, IReadOnlyList<long> TrackIds)
{
    private static readonly SoundCloudSet[] All =
    [
        new(501, "lab-set-7", "Seven lab tracks", [.. Enumerable.Range(2001, 7)]),
        new(502, "lab-set-500", "Five hundred lab tracks", [.. Enumerable.Range(3001, 500)]),
        new(503, "lab-set-mixed", "Two lab tracks and one that is gone", [2001, 1001, 2003]),
    ];

    /// <summary>What is shown under <c>/decantlab/sets</c>; the last was taken down since.</summary>
    public static IEnumerable<SoundCloudSet> OfTheUser =>
        [All[0], All[2], new(504, "lab-set-gone", "A set that is gone", [])];

    public static SoundCloudSet? Find(string slug) => Array.Find(All, set => set.Slug == slug);

    public static SoundCloudSet? Find(long id) => Array.Find(All, set => set.Id == id);
}
