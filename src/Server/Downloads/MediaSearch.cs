using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;
using Decant.Server.Billing;
using Decant.Server.Jobs.Intake;
using Decant.Server.Jobs.Requests;
using Decant.Server.Platforms;
using Decant.Server.Webhooks;
using Microsoft.Extensions.Options;

namespace Decant.Server.Downloads;

/// <summary>Looks downloads up, and sorts what can be had from what cannot.</summary>
internal sealed class MediaSearch(
    LookUps lookUps,
    MediaLimits limits,
    Pricing pricing,
    IOptions<DownloadOptions> options,
    OneOffWebhooks webhooks,
    TimeProvider time
)
{
    private readonly DownloadOptions _options = options.Value;

    /// <param name="download">The download to find media for.</param>
    /// <param name="asker">Caller that asks.</param>
    /// <param name="turns">The request's own, shared by all its downloads.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <returns>The medium, or the media of a list; what of a list cannot be had is told beside them.</returns>
    /// <exception cref="MediaException">Nothing can be had.</exception>
    public async Task<Findings> FindAsync(
        Download download,
        Asker asker,
        LookUpTurns turns,
        CancellationToken cancellationToken
    )
    {
        var isPublic = asker.Account is null;
        await webhooks.EnsureAllowedAsync(download.Words.Webhook, cancellationToken);
        // As everybody else asks: then the answer is the one that metadata got, and the run will get.
        var inspect = new InspectOptions();
        MediaInfo info;
        try
        {
            info = await turns.TakeAsync(
                token => lookUps.InspectAsync(asker, download.Url, inspect, token),
                cancellationToken
            );
        }
        catch (MediaException exception)
            when (exception.Error == MediaError.NotStarted && download.Recording is { Wait: true } wish)
        {
            var upcoming = AcceptUpcoming(download, wish, exception);
            return new Findings([isPublic ? upcoming with { Price = Price.Nothing } : upcoming], []);
        }

        if (info.Entries is not { } entries)
        {
            return new Findings([Accept(download, info, isPublic)], []);
        }

        var picked = download.Entries.From(entries).ToList();
        EnsurePicked(picked.Count, info, isPublic);
        // Together they may take longer than anybody waits for an answer.
        using var patience = new CancellationTokenSource(_options.ListPatience, time);
        var outcomes = await FindEachAsync(
            picked,
            async (entry, token) =>
                new Findings(
                    [
                        await FindAsync(
                            download,
                            info,
                            entry,
                            stop => LookUpAsync(info, entry, asker, turns, patience.Token, stop),
                            isPublic,
                            token
                        ),
                    ],
                    []
                ),
            cancellationToken
        );
        var found = Findings.Join(outcomes, index => picked[index].Url.OriginalString);
        return found with
        {
            Errors = [.. found.Errors.Select(error => error with { PlaylistIndex = picked[error.Index].Index })],
        };
    }

    /// <summary>Looks several up; failures are kept in their places.</summary>
    public static async Task<IReadOnlyList<Outcome>> FindEachAsync<T>(
        IReadOnlyList<T> wanted,
        Func<T, CancellationToken, Task<Findings>> find,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return await Task.WhenAll(wanted.Select(FindAsync));

        async Task<Outcome> FindAsync(T one)
        {
            try
            {
                return new Outcome(await find(one, stop.Token), null);
            }
            catch (MediaException exception)
            {
                return new Outcome(null, exception);
            }
            catch
            {
                // Whatever it was: nobody waits for the others any more.
                await stop.CancelAsync();
                throw;
            }
        }
    }

    private static void EnsurePicked(int count, MediaInfo list, bool isPublic)
    {
        if (count == 0)
        {
            throw new MediaException(
                MediaError.ContentNotFound,
                $"The list \"{list.Title}\" has {list.Entries!.Count} entries, and none of them was picked."
            );
        }

        if (isPublic && count > 1)
        {
            throw new MediaException(
                MediaError.InvalidRequest,
                $"\"{list.Title}\" is a list of {list.Entries!.Count}, and without a key there is one entry at a time: "
                    + "pick it with playlist_items, such as 1, or use a key."
            )
            {
                Field = "playlist_items",
            };
        }
    }

    private async Task<FoundMedium> FindAsync(
        Download download,
        MediaInfo list,
        PlaylistEntry entry,
        Func<CancellationToken, Task<MediaInfo>> lookUp,
        bool isPublic,
        CancellationToken cancellationToken
    )
    {
        var info = await lookUp(cancellationToken);
        if (info.IsPlaylist)
        {
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"Entry {entry.Index} of the list is a list itself; ask for it by its own URL."
            );
        }

        return Accept(download with { Address = entry.Url.OriginalString, Url = entry.Url }, info, isPublic) with
        {
            PlaylistIndex = entry.Index,
            PlaylistTitle = list.Title,
        };
    }

    /// <returns>What is at the entry's own address or, where patience has run out, what the list says of it.</returns>
    private async Task<MediaInfo> LookUpAsync(
        MediaInfo list,
        PlaylistEntry entry,
        Asker asker,
        LookUpTurns turns,
        CancellationToken patience,
        CancellationToken cancellationToken
    )
    {
        if (entry.Failure is { } failure)
        {
            throw failure.Anew();
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience, cancellationToken);
        try
        {
            return await turns.TakeAsync(
                token => lookUps.InspectAsync(asker, entry.Url, new InspectOptions(), token),
                either.Token
            );
        }
        catch (OperationCanceledException)
            when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new MediaInfo
            {
                Id = entry.Id ?? entry.Url.Host,
                PageUrl = entry.Url,
                Platform = list.Platform,
                Title = entry.Title ?? entry.Url.Host,
                Duration = entry.Duration,
            };
        }
    }

    /// <summary>A stream that has yet to begin: its page says what it is called and when, and nothing more.</summary>
    private FoundMedium AcceptUpcoming(Download download, RecordingWish wish, MediaException notStarted)
    {
        var figures = notStarted.Figures;
        var info = new MediaInfo
        {
            Id = figures.GetValueOrDefault("video_id") as string ?? download.Url.Host,
            PageUrl = download.Url,
            Platform = Platform.Named(figures.GetValueOrDefault("platform") as string),
            Title = figures.GetValueOrDefault("media_title") as string ?? download.Url.Host,
        };
        return AcceptRecording(download, wish, info) with
        {
            IsUpcoming = true,
            StartsAt = figures.GetValueOrDefault("starts_at") as DateTimeOffset?,
        };
    }

    /// <summary>A live stream counts as what may be recorded of it.</summary>
    private FoundMedium AcceptRecording(Download download, RecordingWish wish, MediaInfo info)
    {
        if (download.Output?.Clip is not null)
        {
            throw new MediaException(
                MediaError.InvalidRequest,
                $"\"{info.Title}\" is a live stream, of which no clip can be taken. Give a max_duration instead."
            )
            {
                Field = "clip",
            };
        }

        var longest = TimeSpan.FromSeconds(wish.MaxDuration);
        return new FoundMedium(
            download with
            {
                Words = download.Words with { Recording = wish },
            },
            info with
            {
                Duration = longest,
            },
            pricing.ForMedia(longest)
        );
    }

    private FoundMedium Accept(Download download, MediaInfo info, bool isPublic)
    {
        download = download.For(info);
        if (download is not { Output: { } output, Recording: { } wish })
        {
            if (info.Formats.Count > 0)
            {
                MediaEngine.EnsureThumbnail(info);
            }

            return new FoundMedium(download, info, isPublic ? Price.Nothing : pricing.For(download.Kind, null));
        }

        if (info.IsLive)
        {
            limits.EnsurePossible(info, output, isPublic);
            var recording = AcceptRecording(download, wish, info);
            return isPublic ? recording with { Price = Price.Nothing } : recording;
        }

        limits.EnsureLength(info.Duration, isPublic);
        if (info.Formats.Count > 0)
        {
            limits.EnsurePossible(info, output, isPublic);
        }

        return new FoundMedium(download, info, isPublic ? Price.Nothing : pricing.ForMedia(download.LengthOf(info)));
    }
}
