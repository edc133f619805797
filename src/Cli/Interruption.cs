using System.Runtime.InteropServices;

namespace Decant.Cli;

/// <summary>Turns the first Ctrl-C, SIGTERM or SIGHUP into a cancellation; a second one ends the process there and then.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 2)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 15)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, 1)),
        ];

    public CancellationToken Token => _source.Token;

    /// <summary>The exit code that tells the shell of the signal.</summary>
    public int Code { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int number)
    {
        if (Token.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        Code = ExitCode.Signalled + number;
        _source.Cancel();
    }
}
