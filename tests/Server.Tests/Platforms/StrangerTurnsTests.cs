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
}
