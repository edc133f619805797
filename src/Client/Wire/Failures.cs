namespace Decant.Client.Wire;

/// <summary>Failures below HTTP.</summary>
internal static class Failures
{
    /// <summary>No answer, half of one, or none in time; but not that the caller has given up.</summary>
    public static bool IsOfConnection(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public static DecantException Unreachable(Exception exception) =>
        new(DecantException.Unreachable, $"The server does not answer: {exception.Message}", exception)
        {
            Retryable = true,
        };
}
