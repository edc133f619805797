namespace Decant.Engine.Converting;

/// <summary>Progress of a conversion that may hear its sound once before: the two passes have half of the way each.</summary>
internal sealed class PassProgress(IProgress<TimeSpan> progress)
{
    private TimeSpan _measured;

    /// <summary>Progress of the pass that makes the file.</summary>
    public IProgress<TimeSpan> Last =>
        new DirectProgress<TimeSpan>(reached =>
            progress.Report(_measured == TimeSpan.Zero ? reached : (_measured + reached) / 2)
        );

    /// <param name="reached">Position that the pass before it has reached.</param>
    public void Measured(TimeSpan reached)
    {
        _measured = reached;
        progress.Report(reached / 2);
    }
}
