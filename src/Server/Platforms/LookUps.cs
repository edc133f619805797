using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Platforms.Cookies;
using Decant.Server.Telemetry;

namespace Decant.Server.Platforms;

/// <summary>Looks pages up for accounts and for strangers: with the account's own cookies where it gave any, and not at all while the platform refuses this server.</summary>
internal sealed class LookUps(
    MediaEngine engine,
    AccountCookies cookies,
    PlatformCircuits circuits,
    StrangerTurns strangers,
    TimeProvider time
)
{
    /// <param name="asker">Caller that asks.</param>
    /// <param name="url">The page.</param>
    /// <param name="inspect">Options of the look-up.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <exception cref="MediaException">With the code that says why nothing can be had; <c>source_rate_limited</c> while the platform's circuit is open.</exception>
    public async Task<MediaInfo> InspectAsync(
        Asker asker,
        Uri url,
        InspectOptions inspect,
        CancellationToken cancellationToken
    ) => (await FindAsync(asker, url, inspect, cancellationToken)).Info;

    /// <returns>The medium, and the page as it was asked for, to go on with it as the same visitor.</returns>
    /// <inheritdoc cref="InspectAsync"/>
    public async Task<(MediaInfo Info, SourcePage Page)> FindAsync(
        Asker asker,
        Uri url,
        InspectOptions inspect,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var page = await cookies.PageAsync(asker.Account, url, cancellationToken);
            var info = asker.Account is null
                ? await strangers.TakeAsync(asker.Client, turn => AskAsync(page, url, inspect, turn), cancellationToken)
                : await AskAsync(page, url, inspect, cancellationToken);
            outcome = "ok";
            return (info, page);
        }
        catch (MediaException refusal)
        {
            outcome = refusal.Error.Code;
            throw;
        }
        finally
        {
            Measures.RecordLookUp(time.GetElapsedTime(began), Platform.Of(url).Name, outcome);
        }
    }

    private async Task<MediaInfo> AskAsync(
        SourcePage page,
        Uri url,
        InspectOptions inspect,
        CancellationToken cancellationToken
    )
    {
        if (page.Identity is not null)
        {
            // Somebody the platform knows: how it treats them says nothing of how it treats strangers.
            return await engine.InspectAsync(page, inspect, cancellationToken);
        }

        var platform = Platform.Of(url).Name;
        var passage = await circuits.PassAsync(platform, cancellationToken);
        if (passage.OpenUntil is { } until)
        {
            throw LeftAlone(platform, until);
        }

        try
        {
            var info = await engine.InspectAsync(
                page,
                // What is remembered says nothing of whether the platform answers again.
                passage.IsTrial
                    ? inspect with
                    {
                        BypassCache = true,
                    }
                    : inspect,
                cancellationToken
            );
            if (passage.IsSuspect)
            {
                await circuits.SucceededAsync(platform, cancellationToken);
            }

            return info;
        }
        catch (MediaException refusal) when (PlatformCircuits.IsRefusal(refusal.Error))
        {
            await circuits.RefusedAsync(platform, refusal, cancellationToken);
            throw;
        }
    }

    private MediaException LeftAlone(string platform, DateTimeOffset until) =>
        new(
            MediaError.SourceRateLimited,
            $"{platform} refuses this server at present, so it is not asked before {until:u}; try again then, or give cookies of yours for it."
        )
        {
            RetryAfter = until - time.GetUtcNow(),
        };
}
