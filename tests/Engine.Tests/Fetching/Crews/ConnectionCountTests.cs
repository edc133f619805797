using Decant.Engine.Fetching.Crews;

namespace Decant.Engine.Tests.Fetching.Crews;

public sealed class ConnectionCountTests
{
    private const long Plenty = 10L << 30;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(30);

    private readonly ManualTime _time = new();
    private readonly ConnectionCount _count;
    private long _arrived;
    private int _answered = 1;
    private TimeSpan _askedFor;

    public ConnectionCountTests() => _count = new(8, first: 1, _time);

    [Fact]
    public void An_origin_that_gives_each_connection_its_share_gets_all_of_them_within_a_few_round_trips()
    {
        Run(5 * Latency, connections => 4e6 * connections);
        Assert.Equal(8, _count.Target);
    }

    [Fact]
    public void An_origin_that_gives_no_more_to_more_connections_keeps_one()
    {
        var most = 0;
        Run(
            TimeSpan.FromSeconds(60),
            _ =>
            {
                most = Math.Max(most, _count.Target);
                return 4e6;
            }
        );
        Assert.Equal(8, most);
        Assert.Equal(1, _count.Target);
    }

    [Fact]
    public void An_origin_that_gives_more_to_some_but_not_to_all_keeps_some()
    {
        Run(TimeSpan.FromSeconds(1.2), connections => 4e6 * Math.Min(connections, 4));
        Assert.Equal(4, _count.Target);
    }

    [Fact]
    public void An_origin_that_leaves_the_new_ones_waiting_is_not_asked_by_yet_more()
    {
        Run(TimeSpan.FromMilliseconds(400), _ => 4e6, latency: TimeSpan.FromMinutes(1));
        Assert.Equal(2, _count.Target);
    }

    [Fact]
    public void One_that_begins_with_two_goes_on_from_there()
    {
        var count = new ConnectionCount(8, first: 2, _time);
        Assert.Equal(2, count.Target);
        Assert.Equal(1, new ConnectionCount(1, first: 2, _time).Target);
    }

    [Fact]
    public void A_refusal_ends_the_growth()
    {
        Run(2 * Latency, connections => 4e6 * connections);
        _count.Refused(stillThere: 2);
        Run(TimeSpan.FromSeconds(2), connections => 4e6 * connections);
        Assert.Equal(2, _count.Target);
    }

    [Fact]
    public void A_machine_that_stutters_costs_no_connections()
    {
        Run(TimeSpan.FromSeconds(1), connections => 4e6 * connections);
        // Nothing for a while, again and again.
        for (var stutter = 0; stutter < 20; stutter++)
        {
            Run(TimeSpan.FromMilliseconds(200), _ => 0);
            Run(TimeSpan.FromMilliseconds(400), connections => 4e6 * connections);
            Assert.Equal(8, _count.Target);
        }
    }

    [Fact]
    public void A_stutter_while_more_connections_are_on_trial_does_not_condemn_them()
    {
        Run(TimeSpan.FromMilliseconds(250), connections => 4e6 * connections);
        Assert.Equal(8, _count.Target);
        Run(TimeSpan.FromMilliseconds(300), _ => 0);
        Run(TimeSpan.FromMilliseconds(500), connections => 4e6 * connections);
        Assert.Equal(8, _count.Target);
    }

    [Fact]
    public void An_origin_that_slows_down_for_good_loses_connections()
    {
        Run(TimeSpan.FromSeconds(1), connections => 4e6 * connections);
        Run(TimeSpan.FromSeconds(4.5), _ => 1e6);
        Assert.InRange(_count.Target, 1, 4);
    }

    [Fact]
    public void What_is_over_in_a_moment_is_left_to_one_connection()
    {
        Run(TimeSpan.FromSeconds(1), _ => 4e6, left: 300_000);
        Assert.Equal(1, _count.Target);
    }

    [Fact]
    public void A_refused_connection_is_not_asked_for_again_for_a_while()
    {
        Run(TimeSpan.FromSeconds(1), connections => 4e6 * connections);
        _count.Refused(stillThere: 3);
        Run(TimeSpan.FromSeconds(14), connections => 4e6 * connections);
        Assert.Equal(3, _count.Target);
        Run(TimeSpan.FromSeconds(4), connections => 4e6 * connections);
        Assert.Equal(4, _count.Target);
    }

    /// <param name="howLong">Of the fetch.</param>
    /// <param name="rate">Bytes a second that so many answered connections bring.</param>
    /// <param name="left">Bytes still to come.</param>
    /// <param name="latency">Until a new connection is answered.</param>
    private void Run(TimeSpan howLong, Func<int, double> rate, long left = Plenty, TimeSpan? latency = null)
    {
        var tick = TimeSpan.FromMilliseconds(5);
        for (var passed = TimeSpan.Zero; passed < howLong; passed += tick)
        {
            _time.Advance(tick);
            _askedFor = _answered < _count.Target ? _askedFor + tick : default;
            if (_answered > _count.Target || _askedFor > (latency ?? Latency))
            {
                _answered = _count.Target;
            }
            _arrived += (long)(rate(_answered) * tick.TotalSeconds);
            _count.Observe(new FetchPace(_arrived, left, Latency, _answered));
        }
    }
}
