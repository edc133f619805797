namespace Decant.Server.Storage;

/// <summary>The storage is out of reach, or refuses this server. It may pass.</summary>
internal sealed class StorageTroubleException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>Time after which another try is worth it.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
}
