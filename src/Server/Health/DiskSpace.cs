namespace Decant.Server.Health;

internal static class DiskSpace
{
    /// <summary>Least free space (bytes): with less, a job of ordinary size would fail for want of room.</summary>
    public const long Least = 1L << 30;
}
