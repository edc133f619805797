namespace Decant.Server.Jobs.Requests;

/// <summary>Recording of a live stream as a job wants it. Kept with the request, its limits applied.</summary>
/// <param name="MaxDuration">Seconds that are recorded at most; so much is held.</param>
/// <param name="FromStart">True to take what the stream still lists of its past.</param>
/// <param name="Wait">True to wait for a stream that has yet to begin.</param>
internal sealed record RecordingWish(double MaxDuration, bool FromStart, bool Wait);
