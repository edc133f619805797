using System.Globalization;
using System.Threading.Channels;
using Decant.Server.Data;

namespace Decant.Server.Jobs.Watching;

/// <summary>Changes of jobs' rows, here or on another node; <see cref="JobFeed"/> takes them from here.</summary>
internal sealed class JobChanges : INodeListener
{
    /// <summary>A message has 8,000 bytes, and a number at most 20 of them.</summary>
    private const int MostAtOnce = 300;

    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly Channel<JobChange> _changes = Channel.CreateUnbounded<JobChange>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    public ChannelReader<JobChange> Reader => _changes.Reader;

    public string Place => "decant_jobs";

    /// <summary>Says that this node changed the row, or removed it. To be said after the commit.</summary>
    public void Announce(long jobId) => _changes.Writer.TryWrite(new JobChange(jobId, IsOwn: true));

    /// <summary>Has the jobs shown again to those who watch them here: what changed of them is not in their rows.</summary>
    public void ShowAgain(IEnumerable<long> jobIds)
    {
        foreach (var id in jobIds)
        {
            _changes.Writer.TryWrite(new JobChange(id, IsOwn: false));
        }
    }

    /// <summary>Messages to the other nodes of rows that changed here.</summary>
    public IReadOnlyList<string> Messages(IEnumerable<long> jobIds) =>
        [.. jobIds.Chunk(MostAtOnce).Select(some => $"{_self}:{string.Join(',', some)}")];

    public void Hear(string message)
    {
        if (message.Split(':') is not [var node, var ids] || node == _self)
        {
            return;
        }

        foreach (var id in ids.Split(','))
        {
            _changes.Writer.TryWrite(new JobChange(long.Parse(id, CultureInfo.InvariantCulture), IsOwn: false));
        }
    }

    /// <summary>Rows may have been changed elsewhere without our hearing of it.</summary>
    public void MissSome() => _changes.Writer.TryWrite(new JobChange(JobId: null, IsOwn: false));
}

/// <param name="JobId">Number of the job whose row changed; null where nobody knows which.</param>
/// <param name="IsOwn">True while other nodes are still to hear of it.</param>
internal sealed record JobChange(long? JobId, bool IsOwn);
