namespace Decant.Server.Data;

/// <summary>Patience with a database in trouble, for what a run must do: its file may be made already.</summary>
internal sealed partial class DatabaseReturn(
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<DatabaseReturn> logger
)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Repeats the work for as long as the database is in trouble, until the server stops.</summary>
    /// <param name="work">Work that may run more than once, and may have been committed by the time it is repeated: a connection that breaks in a commit does not say.</param>
    public async Task<T> UntilDoneAsync<T>(Func<Task<T>> work)
    {
        var stopping = lifetime.ApplicationStopping;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (DatabaseTrouble.IsCauseOf(exception) && !stopping.IsCancellationRequested)
            {
                LogWaiting(exception.GetBaseException().Message, pause);
                await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <inheritdoc cref="UntilDoneAsync{T}"/>
    public Task UntilDoneAsync(Func<Task> work) =>
        UntilDoneAsync(async () =>
        {
            await work();
            return true;
        });

    [LoggerMessage(LogLevel.Warning, "A run waits for the database, which is tried again in {Pause}: {Detail}")]
    private partial void LogWaiting(string detail, TimeSpan pause);
}
