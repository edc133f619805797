using Decant.Engine.Errors;
using Decant.Engine.Fetching.Crews;
using Decant.Engine.Fetching.Relays;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Files;

/// <summary>Brings one remote file here over as many connections as help, going on where a broken one left off.</summary>
// Eight parameters: what is brought, where to, within what limits and by what means.
internal sealed class HttpFetch(
    HttpClient http,
    Link<RemoteFile> link,
    Spool spool,
    OriginBudget budget,
    FetchLimits limits,
    FetchMeter meter,
    TimeProvider time,
    ILogger logger
)
{
    private const int MostChanges = 2;

    /// <returns>The file's size.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        for (var changes = 0; ; changes++)
        {
            try
            {
                // Some origins name each answer's version anew: all of it in one answer is one version, whatever it is called.
                await BringAsync(plain: changes == MostChanges, cancellationToken);
                break;
            }
            catch (FileChangedException) when (changes < MostChanges)
            {
                spool.Clear();
            }
            catch (FileChangedException e)
            {
                throw new MediaException(MediaError.SourceFailed, $"'{link.Now.Host}' keeps changing the file.", e);
            }
        }
        meter.Finish(spool.Arrived);
        return spool.Arrived;
    }

    private Task BringAsync(bool plain, CancellationToken cancellationToken)
    {
        var fetch = new SharedFetch(http, link, spool, limits, meter, plain, time, logger);
        return new Crew(fetch, budget, link.Now.Host, time).RunAsync(cancellationToken);
    }
}
