namespace Decant.Server.Jobs.Transitions;

/// <summary>A limit of runs at once.</summary>
/// <param name="Others">Runs beside the one that asks for room.</param>
/// <param name="Most">Number of them that leave none.</param>
internal sealed record RoomOfRuns(IQueryable<Job> Others, int Most);
