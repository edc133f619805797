using System.Runtime.InteropServices;

namespace Decant.Cli;

/// <summary>Stop order: records that a signal has asked the server to stop. The host hears the same signals and does the stopping.</summary>
internal sealed class StopOrder : IDisposable
{
    private readonly IReadOnlyList<PosixSignalRegistration> _signals;

    public StopOrder() =>
        _signals = [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT }.Select(signal =>
                PosixSignalRegistration.Create(signal, _ => IsGiven = true)
            ),
        ];

    public bool IsGiven { get; private set; }

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }
}
