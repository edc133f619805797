namespace Decant.Server.Jobs.Runs;

/// <summary>Clears what the runs of a killed server left on the disk, before the first new one.</summary>
internal sealed partial class LeftRunsRemoval(RunDirectories directories, ILogger<LeftRunsRemoval> logger) : StartStep
{
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var left in directories.Left())
        {
            try
            {
                left.Dispose();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It costs room, and no start.
                LogLeft(exception, left.Path);
            }
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "{Directory}, which a killed run left, could not be removed")]
    private partial void LogLeft(Exception exception, string directory);
}
