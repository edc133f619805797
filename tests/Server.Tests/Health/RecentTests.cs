using Decant.Server.Health;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Health;

public sealed class RecentTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly List<TaskCompletionSource<string>> _looks = [];

    [Fact]
    public async Task A_look_is_shared_by_all_who_ask_while_it_lasts_and_is_fresh()
    {
        var recent = new Recent<string>(Second, _time);
        var (first, second) = (AskAsync(recent), AskAsync(recent));
        _looks[0].SetResult("old");
        _time.Advance(Second);

        Assert.Equal(["old", "old", "old"], await Task.WhenAll(first, second, AskAsync(recent)));
        Assert.Single(_looks);
    }

    [Fact]
    public async Task Whoever_asks_waits_for_a_newer_look_where_nothing_is_told_meanwhile()
    {
        var recent = new Recent<string>(Second, _time);
        var first = AskAsync(recent);
        _looks[0].SetResult("old");
        await first;
        _time.Advance(Second * 2);

        var second = AskAsync(recent);
        Assert.False(second.IsCompleted);
        _looks[1].SetResult("new");
        Assert.Equal("new", await second);
    }

    [Fact]
    public async Task The_last_outcome_is_told_while_one_newer_look_is_under_way_until_it_is_too_old()
    {
        var recent = new Recent<string>(Second, _time, meanwhile: Second * 10);
        var first = AskAsync(recent);
        Assert.False(first.IsCompleted);
        _looks[0].SetResult("old");
        await first;

        _time.Advance(Second * 2);
        Assert.Equal(["old", "old"], await Task.WhenAll(AskAsync(recent), AskAsync(recent)));
        Assert.Equal(2, _looks.Count);
        _time.Advance(Second * 9);
        var late = AskAsync(recent);
        Assert.False(late.IsCompleted);
        _looks[1].SetResult("new");
        Assert.Equal("new", await late);
    }

    [Fact]
    public async Task The_last_outcome_outlives_a_look_that_fails_and_the_next_look_begins_when_it_is_due()
    {
        var recent = new Recent<string>(Second, _time, meanwhile: Second * 10);
        var first = AskAsync(recent);
        _looks[0].SetResult("old");
        await first;
        _time.Advance(Second * 2);
        Assert.Equal("old", await AskAsync(recent));
        _looks[1].SetException(new TimeoutException());
        Assert.Equal("old", await AskAsync(recent));

        _time.Advance(Second * 9);
        var late = AskAsync(recent);
        _looks[2].SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => late);
    }

    private Task<string> AskAsync(Recent<string> recent) =>
        recent.GetAsync(
            () =>
            {
                _looks.Add(new TaskCompletionSource<string>());
                return _looks[^1].Task;
            },
            CancellationToken.None
        );
}
