namespace Decant.Client.Wire;

/// <summary>Failures below HTTP.</summary>
internal static class Failures
{
    /// <summary>A missing, broken or late answer, as opposed to a cancellation by the caller.</summary>
    public static bool IsOfConnection(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public static DecantException Unreachable(Exception exception) =>
        new(DecantException.Unreachable, $"The server does not answer: {exception.Message}", exception)
        {
            Retryable = true,
        };
}
