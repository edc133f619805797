namespace Decant.Engine.Fetching;

/// <param name="Bytes">Received so far.</param>
/// <param name="Total">Expected, where known.</param>
/// <param name="BytesPerSecond">Present rate, where known.</param>
internal readonly record struct FetchProgress(long Bytes, long? Total, double? BytesPerSecond);
