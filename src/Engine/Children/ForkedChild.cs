using System.Net.Sockets;

namespace Decant.Engine.Children;

/// <summary>A child that a <see cref="ForkServer"/> made: its program was loaded before.</summary>
internal sealed class ForkedChild : Child
{
    private const int SigKill = 9;

    private readonly Socket _control;
    private readonly Action _over;
    private readonly Action _abandon;
    private readonly TimeSpan _patience;
    private readonly NetworkStream _input;
    private readonly NetworkStream _output;
    private readonly NetworkStream _errors;

    /// <param name="process">Number of the process.</param>
    /// <param name="sockets">Control, input, output, errors.</param>
    /// <param name="over">Action for when the child is no longer of interest.</param>
    /// <param name="abandon">Action that ends the server with all its children, where it does not answer.</param>
    /// <param name="patience">Time that it may take to say that a killed child has ended.</param>
    public ForkedChild(int process, IReadOnlyList<Socket> sockets, Action over, Action abandon, TimeSpan patience)
    {
        Session = process;
        _control = sockets[0];
        _over = over;
        _abandon = abandon;
        _patience = patience;
        _input = new NetworkStream(sockets[1], ownsSocket: true);
        _output = new NetworkStream(sockets[2], ownsSocket: true);
        _errors = new NetworkStream(sockets[3], ownsSocket: true);
        Ended = EndedAsync();
    }

    public override int Session { get; }

    public override Stream Input => _input;

    public override Stream Output => _output;

    public override Stream Errors => _errors;

    public override Task<int> Ended { get; }

    public override void Ask() => Say(() => _control.Send([1]));

    public override async Task KillAsync()
    {
        Say(() => _control.Shutdown(SocketShutdown.Send));
        await ((Task)Ended.WaitAsync(_patience)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Ended.IsCompleted)
            _abandon();
        await Ended;
    }

    public override void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _errors.Dispose();
        _control.Dispose();
        _over();
    }

    private async Task<int> EndedAsync()
    {
        // As of wait(2): the signal in the low seven bits, or the code above eight. Without a word the server has ended,
        // and its children are killed with it.
        var status = await ForkServer.ReadNumberAsync(_control) ?? SigKill;
        var signal = status & 0x7f;
        return signal != 0 ? 128 + signal : (status >> 8) & 0xff;
    }

    private static void Say(Action word)
    {
        try
        {
            word();
        }
        catch (SocketException)
        {
            // The server has ended, and the child with it: Ended says so.
        }
    }
}
