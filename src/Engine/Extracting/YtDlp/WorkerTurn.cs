namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The right to ask a process, which does not end for a newer one until it is given back.</summary>
/// <param name="Process">Whom to ask.</param>
internal sealed record WorkerTurn(WorkerProcess Process) : IDisposable
{
    public void Dispose() => Process.Turns.Give();
}
