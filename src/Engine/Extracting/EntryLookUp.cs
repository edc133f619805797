using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting;

/// <summary>Finds media by their pages, and an entry that has no page of its own through its list, which all of its entries share one look-up of.</summary>
/// <param name="lookUp">Look-up of pages.</param>
/// <param name="inspect">Look-up of a page, from the cache where it was asked for lately.</param>
internal sealed class EntryLookUp(
    SourceLookUp lookUp,
    Func<SourcePage, InspectOptions, CancellationToken, Task<MediaInfo>> inspect
)
{
    /// <param name="page">The page, or the list and the entry.</param>
    /// <param name="options">Options of the page's look-up.</param>
    /// <param name="cancellationToken">Token that ends the look-up.</param>
    /// <exception cref="MediaException">What keeps the medium from being had; <c>content_not_found</c> where the list does not have the entry.</exception>
    public Task<LookedUp> FindAsync(SourcePage page, InspectOptions options, CancellationToken cancellationToken) =>
        page.Entry is { } entry
            ? FindAsync(page, entry, options, cancellationToken)
            : lookUp.InspectAsync(page, options, cancellationToken);

    /// <param name="page">Page, and the identity it is asked for with.</param>
    /// <param name="address">The entry.</param>
    /// <param name="options">Options of the list's look-up.</param>
    /// <param name="cancellationToken">Token that ends the look-up.</param>
    /// <exception cref="MediaException">The entry's own failure; <c>content_not_found</c> where the list does not have it.</exception>
    private async Task<LookedUp> FindAsync(
        SourcePage page,
        EntryAddress address,
        InspectOptions options,
        CancellationToken cancellationToken
    )
    {
        var wide = options with { MaxEntries = Math.Max(options.MaxEntries, address.Index) };
        var list = await inspect(page with { Url = address.Page }, wide, cancellationToken);
        // A post whose other media were removed is no list any more.
        if (list.Entries is not { } entries)
            return (address.Id is { } id ? id == list.Id : address.Index == 1)
                ? new LookedUp(list)
                : throw NotFound(list, address);
        var entry = address.FindIn(entries) ?? throw NotFound(list, address);
        if (entry.Failure is { } failure)
            throw failure.Anew();
        if (entry.Medium is { } medium)
            return new LookedUp(medium);
        if (entry.Record is not { } record)
            return new LookedUp(await inspect(page with { Url = entry.Url }, options, cancellationToken));
        var found = await lookUp.InspectAsync(page with { Url = address.Page }, options, record, cancellationToken);
        return new LookedUp(found with { PageUrl = entry.Url });
    }

    private static MediaException NotFound(MediaInfo list, EntryAddress address) =>
        new(
            MediaError.ContentNotFound,
            address.Id is { } id
                ? $"\"{list.Title}\" has no entry \"{id}\" (any more); look the page up again."
                : $"\"{list.Title}\" has no entry {address.Index}."
        );
}
