namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The worker process ended, or never began; what was asked of it has no answer.</summary>
internal sealed class WorkerLostException(string message, Exception? innerException = null)
    : Exception(message, innerException);
