using Decant.Engine.Fetching.Crews;

namespace Decant.Engine.Tests.Fetching.Crews;

public sealed class ConnectionCountTests
{
    private const long Plenty = 10L << 30;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(30);

    private readonly ManualTime _time = new();
    private readonly ConnectionCount _count;
    private long _arrived;

    public ConnectionCountTests() => _count = new(8, first: 1, _time);

    [Fact]
    public void A_long_file_gets_all_connections_with_its_first_answer()
    {
        Assert.Equal(1, _count.Target);
        _count.Observe(new FetchPace(0, Plenty, Latency));
        Assert.Equal(8, _count.Target);
    }

    [Fact]
    public void A_file_of_some_megabytes_gets_one_for_each()
    {
        _count.Observe(new FetchPace(0, 3_500_000, Latency));
        Assert.Equal(3, _count.Target);
    }

    [Fact]
    public void A_small_file_that_comes_slowly_gets_all_after_a_moment()
    {
        Run(TimeSpan.FromMilliseconds(50), 1e5, left: 300_000);
        Assert.Equal(1, _count.Target);
        Run(TimeSpan.FromMilliseconds(100), 1e5, left: 300_000);
        Assert.Equal(8, _count.Target);
    }

    [Fact]
    public void What_is_over_in_a_moment_is_left_to_one_connection()
    {
        Run(TimeSpan.FromSeconds(1), 4e6, left: 300_000);
        Assert.Equal(1, _count.Target);
    }

    [Fact]
    public void Many_that_it_begins_with_are_held_to_what_there_may_be()
    {
        Assert.Equal(2, new ConnectionCount(8, first: 2, _time).Target);
        Assert.Equal(8, new ConnectionCount(8, first: 40, _time).Target);
    }

    [Fact]
    public void The_end_of_a_file_takes_no_connection_away()
    {
        Run(TimeSpan.FromSeconds(1), 4e6, Plenty);
        Run(TimeSpan.FromSeconds(1), 4e6, left: 100_000);
        Assert.Equal(8, _count.Target);
    }

    [Fact]
    public void A_refused_connection_is_not_asked_for_again_for_a_while()
    {
        Run(TimeSpan.FromSeconds(1), 4e6, Plenty);
        _count.Refused(stillThere: 3);
        Run(TimeSpan.FromSeconds(14), 4e6, Plenty);
        Assert.Equal(3, _count.Target);
        Run(TimeSpan.FromSeconds(4), 4e6, Plenty);
        Assert.Equal(4, _count.Target);
    }

    [Fact]
    public void An_origin_that_refuses_the_first_keeps_one()
    {
        _count.Refused(stillThere: 0);
        Run(TimeSpan.FromSeconds(2), 4e6, Plenty);
        Assert.Equal(1, _count.Target);
    }

    /// <param name="howLong">Of the fetch.</param>
    /// <param name="rate">Bytes a second.</param>
    /// <param name="left">Bytes still to come.</param>
    private void Run(TimeSpan howLong, double rate, long left)
    {
        var tick = TimeSpan.FromMilliseconds(5);
        for (var passed = TimeSpan.Zero; passed < howLong; passed += tick)
        {
            _time.Advance(tick);
            _arrived += (long)(rate * tick.TotalSeconds);
            _count.Observe(new FetchPace(_arrived, left, Latency));
        }
    }
}
