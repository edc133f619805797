namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Outcome of a move to another extractor.</summary>
/// <param name="At">Time at which it ended.</param>
/// <param name="From">The version at work before; null where there was none.</param>
/// <param name="To">The version at work since; null where it failed.</param>
/// <param name="Error">Reason for which the one before stays; null where it does not.</param>
public sealed record ExtractorReload(DateTimeOffset At, string? From, string? To, string? Error);
