namespace Decant.Server.Health;

internal static class DiskSpace
{
    /// <summary>With less free (bytes) a job of ordinary size would fail for want of space.</summary>
    public const long Least = 1L << 30;
}
