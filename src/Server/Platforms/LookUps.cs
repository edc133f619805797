using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Server.Platforms.Cookies;

namespace Decant.Server.Platforms;

/// <summary>Looks pages up for accounts and for strangers: with the account's own cookies, where it gave any.</summary>
internal sealed class LookUps(MediaEngine engine, AccountCookies cookies)
{
    /// <param name="account">For whom; null for a stranger.</param>
    /// <param name="url">The page.</param>
    /// <param name="inspect">How.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MediaException">With the code that says why nothing can be had.</exception>
    public async Task<MediaInfo> InspectAsync(
        long? account,
        Uri url,
        InspectOptions inspect,
        CancellationToken cancellationToken
    ) =>
        await engine.InspectAsync(
            await cookies.PageAsync(account, url, cancellationToken),
            inspect,
            cancellationToken
        );
}
