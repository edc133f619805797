namespace Decant.Server.Background;

/// <summary>Work that is done every so often. After a failure it is done again as soon as the pause is over.</summary>
/// <param name="every">Pause from the end of one round to the beginning of the next.</param>
/// <param name="services">The base's.</param>
/// <param name="atOnce">True where the first round begins with the server.</param>
internal abstract class PeriodicLoop(TimeSpan every, LoopServices services, bool atOnce = false)
    : BackgroundLoop(services)
{
    private static readonly TimeSpan MostPatient = TimeSpan.FromMinutes(5);

    private bool _isDue = atOnce;

    /// <summary>A single round; may be called from outside the loop, too.</summary>
    public abstract Task RunAsync(CancellationToken cancellationToken);

    protected override TimeSpan LongestPause =>
        every < base.LongestPause ? base.LongestPause
        : every < MostPatient ? every
        : MostPatient;

    protected sealed override async Task RoundAsync(CancellationToken stoppingToken)
    {
        if (!_isDue)
        {
            await Task.Delay(every, Time, stoppingToken);
        }

        _isDue = true;
        await RunAsync(stoppingToken);
        _isDue = false;
    }
}
