using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Server.Billing;
using Decant.Server.Webhooks;

namespace Decant.Server.Downloads;

/// <summary>Looks downloads up, several at a time, and sorts what can be had from what cannot.</summary>
internal sealed class MediaSearch(MediaEngine engine, MediaLimits limits, Pricing pricing, OneOffWebhooks webhooks)
{
    /// <summary>A batch of 50 must not keep everybody else's look-ups waiting.</summary>
    private const int AtOnce = 8;

    /// <returns>The medium, or the media of a list; what of a list cannot be had is told beside them.</returns>
    /// <exception cref="MediaException">Nothing can be had.</exception>
    public async Task<Findings> FindAsync(Download download, bool isPublic, CancellationToken cancellationToken)
    {
        await webhooks.EnsureAllowedAsync(download.Words.Webhook, cancellationToken);
        // As everybody else asks, where that is enough: then the answer is the one that metadata got, and the run will get.
        var usual = new InspectOptions();
        var inspect =
            download.Entries.Last <= usual.MaxEntries ? usual : usual with { MaxEntries = download.Entries.Last };
        var info = await engine.InspectAsync(download.Url, inspect, cancellationToken);
        if (info.Entries is not { } entries)
        {
            return new Findings([Accept(download, info, isPublic)], []);
        }

        var picked = download.Entries.From(entries).ToList();
        if (picked.Count == 0)
        {
            throw new MediaException(
                MediaError.ContentNotFound,
                $"The list \"{info.Title}\" has {entries.Count} entries, and none of them was picked."
            );
        }

        var outcomes = await FindEachAsync(
            picked,
            async (entry, token) => new Findings([await FindAsync(download, entry, isPublic, token)], []),
            cancellationToken
        );
        return Findings.Join(outcomes, index => picked[index].Url.OriginalString);
    }

    /// <summary>Looks several up at a time; failures are kept in their places.</summary>
    public static async Task<IReadOnlyList<Outcome>> FindEachAsync<T>(
        IReadOnlyList<T> wanted,
        Func<T, CancellationToken, Task<Findings>> find,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new Outcome[wanted.Count];
        await Parallel.ForAsync(
            0,
            wanted.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                try
                {
                    outcomes[index] = new Outcome(await find(wanted[index], token), null);
                }
                catch (MediaException exception)
                {
                    outcomes[index] = new Outcome(null, exception);
                }
            }
        );
        return outcomes;
    }

    private async Task<FoundMedium> FindAsync(
        Download download,
        PlaylistEntry entry,
        bool isPublic,
        CancellationToken cancellationToken
    )
    {
        var info = await engine.InspectAsync(entry.Url, new InspectOptions(), cancellationToken);
        return info.IsPlaylist
            ? throw new MediaException(
                MediaError.UnsupportedUrl,
                $"Entry {entry.Index} of the list is a list itself; ask for it by its own URL."
            )
            : Accept(download with { Address = entry.Url.OriginalString, Url = entry.Url }, info, isPublic) with
            {
                PlaylistIndex = entry.Index,
            };
    }

    private FoundMedium Accept(Download download, MediaInfo info, bool isPublic)
    {
        if (download.Output is { } output)
        {
            limits.EnsureLength(info.Duration, isPublic);
            limits.EnsurePossible(info, output);
        }
        else
        {
            MediaEngine.EnsureThumbnail(info);
        }

        var price = isPublic ? Price.Nothing : pricing.For(download.Kind, download.LengthOf(info));
        return new FoundMedium(download, info, price);
    }
}
