namespace Decant.Server.Jobs.Transitions;

/// <summary>Progress of a run.</summary>
/// <param name="Stage">Stage of the run.</param>
/// <param name="Percent">0 to 99.</param>
/// <param name="Bytes">Bytes received by this attempt.</param>
/// <param name="Recorded">Seconds of a live stream on the disk.</param>
internal sealed record RunStep(JobStage Stage, double Percent, long Bytes, double? Recorded);
