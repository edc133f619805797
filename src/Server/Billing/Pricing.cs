using Microsoft.Extensions.Options;

namespace Decant.Server.Billing;

/// <summary>Prices by the length of the input.</summary>
internal sealed class Pricing(IOptions<BillingOptions> options)
{
    /// <param name="duration">Length of the medium; null (unknown) is priced as <see cref="BillingOptions.UnknownDuration"/>.</param>
    public Price ForMedia(TimeSpan? duration) => throw new NotImplementedException();
}
