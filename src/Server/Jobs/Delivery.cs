using Decant.Engine;

namespace Decant.Server.Jobs;

/// <summary>What a run has made and stored.</summary>
internal sealed record Delivery(ExtractionResult Result, string FileKey, string? ThumbnailKey, DateTimeOffset ExpiresAt)
{
    /// <summary><c>1920x1080</c>; null without a picture.</summary>
    public string? Resolution => Result is { Width: { } width, Height: { } height } ? $"{width}x{height}" : null;

    public double? Fps => Result.FramesPerSecond is { } fps ? Math.Round(fps, 3) : null;

    public double Seconds => Math.Round(Result.Duration.TotalSeconds, 3);
}
