namespace Decant.Lab.Platforms.Vimeo;

/// <summary>A showcase (once "album") or a channel, and the user's own films.</summary>
internal sealed record VimeoList(string Id, string Title, IReadOnlyList<VimeoVideo> Videos)
{
    /// <summary>Films on one page of a channel.</summary>
    public const int PageSize = 12;

    /// <summary>A showcase that has been asked for too often.</summary>
    public const string RateLimited = "70000429";

    /// <summary>A showcase behind a password.</summary>
    public const string Locked = "70000403";

    private static readonly Dictionary<string, VimeoList> Known = new[]
    {
        new VimeoList("7000005", "Five lab films", Films(760000000, 5)),
        new VimeoList("labstaffpicks", "Lab staff picks", Films(770000000, 30)),
        new VimeoList(VimeoVideo.Handle, VimeoVideo.Owner, Films(780000000, 4)),
    }.ToDictionary(list => list.Id, StringComparer.Ordinal);

    public static VimeoList? Find(string id) => Known.GetValueOrDefault(id);

    private static List<VimeoVideo> Films(long first, int count) =>
        [.. Enumerable.Range(1, count).Select(number => VimeoVideo.Find(first + number))];
}
