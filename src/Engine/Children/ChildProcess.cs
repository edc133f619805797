namespace Decant.Engine.Children;

/// <summary>Runs a child in a session of its own, with a clean environment and bounded resources, and leaves none behind.</summary>
internal static class ChildProcess
{
    /// <summary>Time for a child to tidy up when asked to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the child to its end. Cancelling stops it and everything it started before this returns.</summary>
    public static async Task<ChildOutcome> RunAsync(ChildCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var child = await StartAsync(command, cancellationToken);
        using var idle = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, idle.Token);
        var watch = EndWhenIdleAsync(child.Session, command.MaxIdle, idle, over.Token);
        using var stopInput = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var errors = new Queue<string>();
        var reading =
            command.Output?.Invoke(child.Output) ?? ReadAsync(child.Output, line => command.OnLine?.Invoke(line));
        var work = Task.WhenAll(
            reading,
            ReadAsync(
                child.Errors,
                line =>
                {
                    if (command.KeepsError?.Invoke(line) != false)
                        Keep(errors, line);
                }
            )
        );
        var input = WriteAsync(child, command.Input, stopInput.Token);
        try
        {
            var exit = child.Ended.WaitAsync(over.Token);
            // A reader that gave up would leave the child writing for ever, and its errors open.
            await await Task.WhenAny(exit, reading);
            await exit;
            await work.WaitAsync(over.Token);
        }
        catch (OperationCanceledException)
            when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The outcome says so.
        }
        finally
        {
            await StopAsync(child);
            await over.CancelAsync();
            await watch;
            // The reader of the input is gone; whoever still writes is told so.
            await stopInput.CancelAsync();
            await input.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // A pipe that broke because the child wanted no more is the child's affair; its exit code tells.
        if (input is { IsFaulted: true, Exception.InnerException: not IOException })
            await input;
        return new ChildOutcome(await child.Ended, [.. errors]) { IsIdle = idle.IsCancellationRequested };
    }

    private static async Task<Child> StartAsync(ChildCommand command, CancellationToken cancellationToken) =>
        (command.IsLoadedAnew ? null : await ForkServers.TryForkAsync(command, cancellationToken))
        ?? await ExecutedChild.StartAsync(command);

    private static async Task EndWhenIdleAsync(
        int session,
        TimeSpan patience,
        CancellationTokenSource idle,
        CancellationToken cancellationToken
    )
    {
        var watch = IdleWatch.WaitAsync(session, patience, cancellationToken);
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (watch.IsCompletedSuccessfully)
            await idle.CancelAsync();
        else if (!watch.IsCanceled)
            await watch;
    }

    private static async Task ReadAsync(Stream stream, Action<string> onLine)
    {
        using var reader = new StreamReader(stream);
        await ChildLines.ReadAsync(reader, onLine);
    }

    private static void Keep(Queue<string> errors, string line)
    {
        if (errors.Count == ChildOutcome.MaxErrorLines)
            errors.Dequeue();
        errors.Enqueue(line);
    }

    private static async Task WriteAsync(
        Child child,
        Func<Stream, CancellationToken, Task>? input,
        CancellationToken cancellationToken
    )
    {
        await using var stream = child.Input;
        if (input is not null)
            await input(stream, cancellationToken);
    }

    /// <summary>Asks the session to end, then makes it; whatever the child left behind, too.</summary>
    private static async Task StopAsync(Child child)
    {
        if (!child.Ended.IsCompleted)
        {
            child.Ask();
            await ((Task)child.Ended.WaitAsync(Grace)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await child.KillAsync();
    }
}
