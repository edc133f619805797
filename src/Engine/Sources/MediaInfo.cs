using System.Text.Json;
using Decant.Engine.Errors;

namespace Decant.Engine.Sources;

/// <summary>Description of the medium at a URL, or of a list of media. No bytes of it have been fetched.</summary>
public sealed record MediaInfo
{
    /// <summary>The platform's own identifier, such as a YouTube video id.</summary>
    public required string Id { get; init; }

    /// <summary>The page, in the platform's canonical form; of an entry without one, its <see cref="EntryAddress"/>.</summary>
    public required Uri PageUrl { get; init; }

    public required Platform Platform { get; init; }
    public required string Title { get; init; }
    public string? Description { get; init; }
    public string? Uploader { get; init; }
    public DateOnly? UploadDate { get; init; }

    /// <summary>Length of the medium; null when unknown or live.</summary>
    public TimeSpan? Duration { get; init; }
    public long? ViewCount { get; init; }
    public long? LikeCount { get; init; }
    public Uri? ThumbnailUrl { get; init; }

    /// <summary>The performer, where the site says so; an uploader is not an artist.</summary>
    public string? Artist { get; init; }
    public string? Album { get; init; }

    /// <summary>The piece's own name, where the site tells it from the page's title.</summary>
    public string? Track { get; init; }
    internal MusicTags Music { get; init; } = MusicTags.None;

    /// <summary>The address is the medium's file itself: there is no page, and its title is a file name.</summary>
    internal bool IsFile { get; init; }

    /// <summary>Owner of the cookies it was found with (<see cref="SourceIdentity.Scope"/>), to whom alone it and all that is fetched
    /// of it belong; null for what anybody may have.</summary>
    public string? Scope { get; init; }

    /// <summary>True for a stream that is on air now. A finished broadcast is an ordinary medium.</summary>
    public bool IsLive { get; init; }

    /// <summary>Formats that the site offers, from worst to best in the extractor's opinion. Empty for a list.</summary>
    public IReadOnlyList<SourceFormat> Formats { get; init; } = [];

    /// <summary>The site's own chapters, in order; empty where it has none.</summary>
    public IReadOnlyList<Chapter> Chapters { get; init; } = [];

    /// <summary>Recording elsewhere whose formats these are, for a platform that gives none itself; null for all others.</summary>
    public MediaMatch? Match { get; init; }

    /// <summary>Subtitles that the site offers, in the extractor's order, one a language and kind; empty where it has none.</summary>
    public IReadOnlyList<SourceSubtitle> Subtitles { get; init; } = [];

    public bool IsPlaylist => Entries is not null;

    /// <summary>The list's length as the platform states it; it may exceed the entries that were read.</summary>
    public int? PlaylistCount { get; init; }

    /// <summary>The list's entries, flat (no formats), in order; null for a single medium.</summary>
    public IReadOnlyList<PlaylistEntry>? Entries { get; init; }
}

/// <summary>A named part of a medium.</summary>
/// <param name="Start">Beginning in the medium.</param>
/// <param name="End">Beginning of the next chapter, or the medium's end.</param>
/// <param name="Title">Title of the chapter.</param>
public sealed record Chapter(TimeSpan Start, TimeSpan End, string Title);

/// <summary>Entry of a playlist, album or channel.</summary>
/// <param name="Index">Place in the list, from 1.</param>
/// <param name="Url">Address to inspect for the medium itself: its own page's, or an <see cref="EntryAddress"/> on the list's.</param>
/// <param name="Id">The platform's identifier.</param>
/// <param name="Title">Title, where the list shows one.</param>
/// <param name="Duration">Length, where the list shows one.</param>
public sealed record PlaylistEntry(int Index, Uri Url, string? Id, string? Title, TimeSpan? Duration)
{
    /// <summary>Failure to be met when it is asked for, where that is known already.</summary>
    public MediaException? Failure { get; init; }

    /// <summary>All that its list says of an entry without a page of its own.</summary>
    internal MediaInfo? Medium { get; init; }

    /// <summary>The extractor's own record of an entry that is found with it, handed back to look it up.</summary>
    internal JsonElement? Record { get; init; }
}
