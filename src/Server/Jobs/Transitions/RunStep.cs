namespace Decant.Server.Jobs.Transitions;

/// <summary>Progress of a run.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="Percent">0 to 99.</param>
/// <param name="Bytes">Received by this attempt.</param>
/// <param name="Recorded">Seconds of a live stream on the disk.</param>
internal sealed record RunStep(JobStage Stage, double Percent, long Bytes, double? Recorded);
