namespace Decant.Client.Wire;

/// <summary>Retry policy: retryable failures and their delays.</summary>
internal static class Patience
{
    private const int Attempts = 4;

    /// <summary>Longest <c>Retry-After</c> that is waited for; a longer one is thrown to the caller.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <exception cref="DecantException">Every failure but the caller's own cancellation.</exception>
    public static async Task<T> TryAsync<T>(Func<Task<T>> call, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                return await call();
            }
            catch (Exception exception) when (Failures.IsOfConnection(exception, cancellationToken))
            {
                if (attempt == Attempts)
                {
                    throw Failures.Unreachable(exception);
                }

                wait = Usual(attempt);
            }
            catch (DecantException refusal) when (attempt < Attempts && IsOfServer(refusal))
            {
                wait = refusal.RetryAfter ?? Usual(attempt);
                if (wait > Longest)
                {
                    throw;
                }
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>0.5, 1, 2 … s, 10 at most.</summary>
    public static TimeSpan Usual(int attempt) => TimeSpan.FromSeconds(Math.Min(10, 0.25 * Math.Pow(2, attempt)));

    /// <summary>Failures of the source are not retried here: the server has retried them itself.</summary>
    private static bool IsOfServer(DecantException refusal) =>
        refusal is { Retryable: true, Status: 409 or 429 or 500 or 502 or 503 or 504 }
        && refusal.Code is not "not_started"
        && !refusal.Code.StartsWith("source_", StringComparison.Ordinal);
}
