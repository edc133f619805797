namespace Decant.Server.Jobs.Requests;

/// <summary>How a job records a live stream. Kept with what was asked for, its limits applied.</summary>
/// <param name="MaxDuration">Seconds that are recorded at most; so much is held.</param>
/// <param name="FromStart">Take what the stream still lists of its past.</param>
/// <param name="Wait">Wait for a stream that has yet to begin.</param>
internal sealed record RecordingWish(double MaxDuration, bool FromStart, bool Wait);
