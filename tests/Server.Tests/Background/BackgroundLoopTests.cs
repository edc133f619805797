using System.Threading.Channels;
using Decant.Server.Background;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Decant.Server.Tests.Background;

public sealed class BackgroundLoopTests
{
    private readonly LoopTroubles _troubles = new(TimeProvider.System);

    [Fact]
    public async Task A_round_that_fails_is_shown_and_tried_again_and_forgotten_once_it_goes_well()
    {
        using var loop = new Loop(_troubles);
        await loop.StartAsync(CancellationToken.None);

        await loop.Work.Writer.WriteAsync(() => throw new FormatException("lost+found"));
        await loop.Work.Writer.WriteAsync(() =>
        {
            var trouble = Assert.Single(_troubles.All);
            Assert.Equal(("Loop", "failed"), (trouble.Loop, trouble.Failure));
            Assert.DoesNotContain("lost+found", trouble.Why, StringComparison.Ordinal);
        });
        await loop.Work.Writer.WriteAsync(loop.Done);

        await loop.IsDone.WaitAsync(Quiet.Patience);
        Assert.Empty(_troubles.All);
        await loop.StopAsync(CancellationToken.None);
        Assert.True(loop.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task An_item_that_fails_holds_up_none_behind_it()
    {
        using var loop = new Loop(_troubles);
        var done = new List<int>();

        await loop.ForEachAsync(
            [1, 2, 3],
            number => done.Add(number == 2 ? throw new IOException("cannot be deleted") : number)
        );

        Assert.Equal([1, 3], done);
    }

    [Fact]
    public async Task Items_are_left_for_later_when_the_database_is_away()
    {
        using var loop = new Loop(_troubles);
        var done = new List<int>();

        await Assert.ThrowsAsync<NpgsqlException>(() =>
            loop.ForEachAsync([1, 2, 3], number => done.Add(number == 2 ? throw new NpgsqlException() : number))
        );

        Assert.Equal([1], done);
    }

    [Fact]
    public async Task A_stop_ends_a_loop_that_waits_for_its_next_try()
    {
        using var loop = new Loop(_troubles);
        await loop.StartAsync(CancellationToken.None);
        var failed = new TaskCompletionSource();
        await loop.Work.Writer.WriteAsync(() =>
        {
            failed.SetResult();
            throw new FormatException();
        });
        await failed.Task;

        await loop.StopAsync(CancellationToken.None).WaitAsync(Quiet.Patience);

        Assert.True(loop.ExecuteTask!.IsCompletedSuccessfully);
    }

    private sealed class Loop(LoopTroubles troubles)
        : BackgroundLoop(new LoopServices(TimeProvider.System, troubles, NullLoggerFactory.Instance))
    {
        private readonly TaskCompletionSource _done = new();

        public Channel<Action> Work { get; } = Channel.CreateUnbounded<Action>();
        public Task IsDone => _done.Task;

        public void Done() => _done.SetResult();

        public Task ForEachAsync(int[] numbers, Action<int> work) =>
            ForEachAsync(
                numbers,
                (number, _) =>
                {
                    work(number);
                    return Task.CompletedTask;
                },
                CancellationToken.None
            );

        protected override async Task RoundAsync(CancellationToken stoppingToken) =>
            (await Work.Reader.ReadAsync(stoppingToken))();
    }
}
