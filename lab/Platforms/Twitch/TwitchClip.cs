using Decant.Lab.Media;

namespace Decant.Lab.Platforms.Twitch;

/// <summary>An emulated clip. Any slug that begins with <c>LabClip</c> is one.</summary>
internal sealed record TwitchClip(string Slug)
{
    public const string Prefix = "LabClip";

    public int Seconds => Derived.Pick($"twitch:{Slug}", ClipRecipes.Ordinary);
    public string Title => $"Lab clip {Slug}";
    public string Id => $"{Derived.Number($"twitch:{Slug}")}";
    public uint Views => Derived.Number($"twitch:{Slug}") % 40_000;
    public DateTimeOffset Created => Derived.Moment($"twitch:{Slug}");

    public static TwitchClip? Find(string slug) =>
        slug.StartsWith(Prefix, StringComparison.Ordinal) && slug != "LabClipGone" ? new TwitchClip(slug) : null;

    /// <param name="quality">Lines of the picture.</param>
    public string ClipOf(string quality) =>
        ClipRecipes.Name(Seconds, quality == "720" ? "progressive-720p.mp4" : "progressive.mp4");
}
