using Decant.Engine;
using Decant.Server.Health;

namespace Decant.Server.Storage;

/// <summary>Whether the storage answers, as of some seconds ago: anyone may ask, and each look is a request to it.</summary>
internal sealed class StorageHealth(IStorage storage, TimeProvider time)
{
    private readonly Recent<EnginePart?> _recent = new(TimeSpan.FromSeconds(10), time);

    /// <returns>Null where it answers.</returns>
    public Task<EnginePart?> TroubleAsync(CancellationToken cancellationToken) =>
        _recent.GetAsync(LookAsync, cancellationToken);

    private async Task<EnginePart?> LookAsync()
    {
        try
        {
            if (await storage.OpenAsync(StorageKey.Identity, CancellationToken.None) is { } identity)
            {
                await identity.DisposeAsync();
            }

            return null;
        }
        catch (Exception exception) when (exception is StorageTroubleException or IOException)
        {
            // No address in the answer: whoever asks is a stranger.
            return new EnginePart(
                "storage",
                Present: false,
                Optional: true,
                "The storage of finished files does not answer; jobs wait for it at their end"
            );
        }
    }
}
