using Decant.Server.Hosting;
using Microsoft.Extensions.Options;

namespace Decant.Server.Idempotency;

/// <summary>Removes the answers of requests that nobody repeats any more.</summary>
internal sealed class IdempotencyJanitor(
    IdempotencyRecords records,
    IOptions<IdempotencyOptions> options,
    TimeProvider time,
    ILogger<IdempotencyJanitor> logger
) : Janitor(options.Value.CleanEvery, time, logger)
{
    public override Task CleanAsync(CancellationToken cancellationToken) => records.CleanAsync(cancellationToken);
}
