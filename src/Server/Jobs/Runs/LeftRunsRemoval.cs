using Decant.Server.Hosting;

namespace Decant.Server.Jobs.Runs;

/// <summary>Clears what the runs of a killed server left on the disk, before the first new one.</summary>
internal sealed class LeftRunsRemoval(RunDirectories directories) : StartStep
{
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        directories.Clear();
        return Task.CompletedTask;
    }
}
