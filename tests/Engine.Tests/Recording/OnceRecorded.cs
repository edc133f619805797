namespace Decant.Engine.Tests.Recording;

/// <summary>Receiver of a recording's progress that acts once: as soon as so many seconds are recorded.</summary>
internal sealed class OnceRecorded(double seconds, Action act)
{
    /// <summary>Length that was recorded when it acted; null before.</summary>
    public TimeSpan? At { get; private set; }

    public void See(EngineProgress now)
    {
        if (At is null && now.Recorded >= TimeSpan.FromSeconds(seconds))
        {
            At = now.Recorded;
            act();
        }
    }
}
