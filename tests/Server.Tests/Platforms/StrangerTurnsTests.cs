using Decant.Engine.Errors;
using Decant.Server.Platforms;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.Platforms;

/// <summary>Turns of several strangers at look-ups.</summary>
public sealed class StrangerTurnsTests
{
    [Theory]
    // At once, of one address, and how many of one that asks for forty are looked up at once.
    [InlineData(4, 2, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(16, 2, 2)]
    [InlineData(16, 20, 7)]
    public async Task One_address_never_has_all_that_strangers_may_have(int atOnce, int perAddress, int most)
    {
        using var turns = new StrangerTurns(
            Options.Create(new LookUpOptions { AtOnce = atOnce, PublicPerAddress = perAddress }),
            TimeProvider.System
        );
        var begun = 0;
        var end = new TaskCompletionSource();
        var greedy = Enumerable.Range(0, 40).Select(_ => HoldAsync("203.0.113.7")).ToList();

        // Turns that are free are taken before the call returns.
        Assert.Equal(most, begun);
        if (atOnce > 2)
        {
            var other = HoldAsync("198.51.100.9");
            Assert.Equal(most + 1, begun);
            greedy.Add(other);
        }

        end.SetResult();
        await Task.WhenAll(greedy);
        Assert.Equal(greedy.Count, begun);

        Task<bool> HoldAsync(string client) =>
            turns.TakeAsync(
                client,
                async _ =>
                {
                    Interlocked.Increment(ref begun);
                    await end.Task;
                    return true;
                },
                TestContext.Current.CancellationToken
            );
    }

    [Fact]
    public async Task Whoever_leaves_while_waiting_gives_the_place_up()
    {
        using var turns = new StrangerTurns(Options.Create(new LookUpOptions { AtOnce = 2 }), TimeProvider.System);
        using var leave = new CancellationTokenSource();
        var end = new TaskCompletionSource();
        var first = turns.TakeAsync("a", HoldAsync, TestContext.Current.CancellationToken);
        var second = turns.TakeAsync("a", HoldAsync, leave.Token);
        var third = turns.TakeAsync("b", HoldAsync, TestContext.Current.CancellationToken);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);
        end.SetResult();

        Assert.True(await first);
        Assert.True(await third);

        async Task<bool> HoldAsync(CancellationToken token)
        {
            await end.Task.WaitAsync(token);
            return true;
        }
    }

    [Theory]
    [InlineData("a")] // Whose line is full.
    [InlineData("b")] // Whose line is free, and all that strangers may have is taken.
    public async Task Whoever_has_waited_for_a_minute_is_told_to_come_back_and_the_next_has_the_turn(string client)
    {
        var time = new HeldTimers();
        using var turns = new StrangerTurns(Options.Create(new LookUpOptions { AtOnce = 2 }), time);
        var end = new TaskCompletionSource<bool>();
        var holding = turns.TakeAsync("a", _ => end.Task, TestContext.Current.CancellationToken);
        var waiting = turns.TakeAsync(client, _ => end.Task, TestContext.Current.CancellationToken);

        time.Pass(TimeSpan.FromSeconds(59));
        Assert.False(waiting.IsCompleted);
        time.Pass(TimeSpan.FromSeconds(60));

        var refusal = await Assert.ThrowsAsync<MediaException>(() => waiting);
        Assert.Equal(MediaError.Overloaded, refusal.Error);
        var next = turns.TakeAsync(client, _ => end.Task, TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        end.SetResult(true);
        Assert.True(await holding);
        Assert.True(await next);
    }

    /// <summary>Timers that go off when the test says so.</summary>
    private sealed class HeldTimers : TimeProvider
    {
        private readonly List<Held> _held = [];

        /// <summary>All that are due after so long, or sooner, go off.</summary>
        public void Pass(TimeSpan time) => _held.FindAll(one => one.Due <= time).ForEach(one => one.GoOff());

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Held(() => callback(state), dueTime);
            _held.Add(timer);
            return timer;
        }

        private sealed class Held(Action goOff, TimeSpan due) : ITimer
        {
            private bool _isOver;

            public TimeSpan Due { get; private set; } = due;

            public void GoOff()
            {
                if (!_isOver)
                {
                    goOff();
                }
            }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Due = dueTime;
                return true;
            }

            public void Dispose() => _isOver = true;

            public ValueTask DisposeAsync()
            {
                _isOver = true;
                return ValueTask.CompletedTask;
            }
        }
    }
}
