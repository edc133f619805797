namespace Decant.Server.Background;

/// <summary>The dependencies of every loop, so that each names only its own.</summary>
internal sealed record LoopServices(TimeProvider Time, LoopTroubles Troubles, ILoggerFactory Loggers);
