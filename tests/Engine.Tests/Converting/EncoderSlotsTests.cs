using Decant.Engine.Converting;

namespace Decant.Engine.Tests.Converting;

public sealed class EncoderSlotsTests
{
    private static readonly Task Arrived = Task.CompletedTask;

    private readonly EncoderSlots _slots = new(2);
    private readonly TaskCompletionSource _onItsWay = new();

    [Fact]
    public async Task As_many_encode_as_there_are_slots_and_the_next_when_one_is_free()
    {
        var first = await TakeAsync(Arrived);
        await TakeAsync(Arrived);
        var third = TakeAsync(Arrived);

        Assert.False(third.IsCompleted);
        first.Dispose();
        await third;
    }

    [Fact]
    public async Task The_last_slot_is_for_sources_that_have_arrived()
    {
        await TakeAsync(_onItsWay.Task);
        var slow = TakeAsync(_onItsWay.Task);
        var ready = await TakeAsync(Arrived);

        Assert.False(slow.IsCompleted);
        ready.Dispose();
        Assert.False(slow.IsCompleted);
        _onItsWay.SetResult();
        await slow;
    }

    [Fact]
    public async Task Who_gives_up_takes_no_slot_along()
    {
        var first = await TakeAsync(Arrived);
        await TakeAsync(Arrived);
        using var stop = new CancellationTokenSource();
        var impatient = _slots.TakeAsync(Arrived, stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        first.Dispose();
        await TakeAsync(Arrived);
    }

    [Fact]
    public async Task Cores_are_idle_while_one_encodes_and_nobody_waits()
    {
        Assert.True(_slots.HasIdleCores);
        var first = await TakeAsync(_onItsWay.Task);
        Assert.True(_slots.HasIdleCores);

        var waiting = TakeAsync(_onItsWay.Task);
        Assert.False(_slots.HasIdleCores);
        _onItsWay.SetResult();
        await waiting;
        Assert.False(_slots.HasIdleCores);

        first.Dispose();
        Assert.True(_slots.HasIdleCores);
    }

    private Task<IDisposable> TakeAsync(Task arrived) =>
        _slots.TakeAsync(arrived, TestContext.Current.CancellationToken);
}
