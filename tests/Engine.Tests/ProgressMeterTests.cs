namespace Decant.Engine.Tests;

public sealed class ProgressMeterTests
{
    private readonly List<EngineProgress> _seen = [];

    private ProgressMeter Meter =>
        field ??= new ProgressMeter(new DirectProgress<EngineProgress>(_seen.Add), TimeProvider.System);

    [Fact]
    public void Percent_never_falls_though_a_total_grows()
    {
        Meter.Fetched(50, 100, null);
        Meter.Fetched(60, 1000, null);
        Meter.Fetched(900, 1000, null);

        Assert.Equal(_seen.Select(one => one.Percent).Order(), _seen.Select(one => one.Percent));
    }

    [Fact]
    public void Fetching_and_converting_share_the_bar()
    {
        Meter.Resolving();
        Meter.Fetched(100, 100, null);
        Meter.Converted(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        Meter.Done();

        Assert.Equal([0, 70, 98, 100], _seen.Select(one => one.Percent));
    }

    [Fact]
    public void Without_a_total_the_bar_still_moves_and_never_arrives()
    {
        for (var mebibytes = 1; mebibytes <= 4096; mebibytes *= 2)
            Meter.Fetched((long)mebibytes << 20, null, null);

        Assert.Equal(_seen.Select(one => one.Percent).Distinct(), _seen.Select(one => one.Percent));
        Assert.InRange(_seen[^1].Percent, 60, 69.99);
    }

    [Fact]
    public void A_late_report_of_fetching_does_not_turn_back_the_stage()
    {
        Meter.Converted(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        Meter.Fetched(100, 100, null);
        Meter.Converted(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

        Assert.All(_seen, one => Assert.Equal(EngineStage.Converting, one.Stage));
    }
}
