using System.Threading.Channels;

namespace Decant.Server.Jobs;

/// <summary>Where it is said that a job's row has changed, here or on another node; <see cref="JobFeed"/> takes it from there.</summary>
internal sealed class JobChanges
{
    private readonly Channel<JobChange> _changes = Channel.CreateUnbounded<JobChange>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    public ChannelReader<JobChange> Reader => _changes.Reader;

    /// <summary>This node changed the row, or removed it. To be said after the commit.</summary>
    public void Announce(long jobId) => _changes.Writer.TryWrite(new JobChange(jobId, IsOwn: true));

    /// <summary>Another node did.</summary>
    public void Hear(long jobId) => _changes.Writer.TryWrite(new JobChange(jobId, IsOwn: false));

    /// <summary>Others may have changed rows without our hearing of it.</summary>
    public void MissSome() => _changes.Writer.TryWrite(new JobChange(JobId: null, IsOwn: false));
}

/// <param name="JobId">Whose row; null: nobody knows whose.</param>
/// <param name="IsOwn">Whether other nodes are still to hear of it.</param>
internal sealed record JobChange(long? JobId, bool IsOwn);
