using Decant.Server.Background;
using Microsoft.Extensions.Options;

namespace Decant.Server.Idempotency;

/// <summary>Removes the answers of requests that nobody repeats any more.</summary>
internal sealed class IdempotencyJanitor(
    IdempotencyRecords records,
    IOptions<IdempotencyOptions> options,
    LoopServices services
) : PeriodicLoop(options.Value.CleanEvery, services)
{
    public override Task RunAsync(CancellationToken cancellationToken) => records.CleanAsync(cancellationToken);
}
