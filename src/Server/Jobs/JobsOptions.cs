using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;

namespace Decant.Server.Jobs;

/// <summary>Settings under <c>Jobs</c>.</summary>
internal sealed class JobsOptions
{
    private static readonly TimeSpan[] DefaultRetryDelays =
    [
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(60),
    ];

    /// <summary>Jobs at once on this node, recordings not counted. They wait for the network for most of their time, so that there are more of them than cores.</summary>
    [Range(1, 1024)]
    [Unit("jobs")]
    [DefaultText("4 × cores")]
    public int Workers { get; init; } = 4 * Environment.ProcessorCount;

    /// <summary>Encodings at once on this node, over all jobs. Copying a stream is none.</summary>
    [Range(1, 1024)]
    [Unit("encodings")]
    [DefaultText("cores")]
    public int Encoders { get; init; } = Environment.ProcessorCount;

    /// <summary>Recordings of live streams at once on this node, besides its workers: they last for hours, and nobody waits behind them.</summary>
    [Range(1, 1024)]
    [Unit("recordings")]
    [DefaultText("8 × cores")]
    public int Recordings { get; init; } = 8 * Environment.ProcessorCount;

    /// <summary>Jobs at once of one account, over all nodes.</summary>
    [Range(1, 1024)]
    [Unit("jobs")]
    public int MaxPerAccount { get; init; } = 4;

    /// <summary>Jobs at once on one platform, over all nodes.</summary>
    [Range(1, 1024)]
    [Unit("jobs")]
    public int MaxPerPlatform { get; init; } = 8;

    /// <summary>Share of a node's workers that public jobs may have at once, though always one: strangers never crowd out those
    /// who pay.</summary>
    [Range(0.0, 1.0)]
    [Unit("share from 0 to 1")]
    public double PublicShare { get; init; } = 0.5;

    /// <summary>Share of the disk that public jobs' files, and what their runs have fetched, may take; past it the next waits for room.</summary>
    [Range(0.0, 1.0)]
    [Unit("share from 0 to 1")]
    public double PublicDiskShare { get; init; } = 0.5;

    /// <summary>Public jobs that may wait at once, over all nodes.</summary>
    [Range(1, 1_000_000)]
    [Unit("jobs")]
    public int MaxPublicQueued { get; init; } = 100;

    /// <summary>Jobs that may wait at once, over all accounts and nodes; the next is answered with 503 <c>overloaded</c>.</summary>
    [Range(1, 100_000_000)]
    [Unit("jobs")]
    public int MaxQueued { get; init; } = 100_000;

    /// <summary>Jobs of one account that may wait at once, over all nodes.</summary>
    [Range(1, 100_000_000)]
    [Unit("jobs")]
    public int MaxQueuedPerAccount { get; init; } = 10_000;

    /// <summary>Bytes free under the data directory, below which a node accepts nothing new.</summary>
    [Range(0, long.MaxValue)]
    [Unit("bytes")]
    public long DiskReserve { get; init; } = 256L << 20;

    /// <summary>Grace in which a node that is told to stop lets its running jobs go on, before it hands them back to the queue.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An account never has all workers of a node: one is left for whoever comes next.</summary>
    public int MaxWorkersPerAccount => AllButOne(Workers);

    /// <inheritdoc cref="MaxWorkersPerAccount"/>
    public int MaxRecordingsPerAccount => AllButOne(Recordings);

    public int MaxPublic => Math.Max(1, (int)(Workers * PublicShare));

    /// <summary>The share of one account. Of a single slot nothing can be left, and on PostgreSQL the limit counts over all nodes: ADR 0030.</summary>
    private int AllButOne(int all) => all == 1 ? MaxPerAccount : Math.Clamp(all - 1, 1, MaxPerAccount);

    /// <summary>Waits before a job whose source failed in passing runs again; as many as there are retries. Null is 2 s, 10 s, 60 s.</summary>
    /// <remarks>Null and not the list itself, because configuration adds to a list it finds.</remarks>
    [DefaultText("00:00:02, 00:00:10, 00:01:00")]
    public TimeSpan[]? RetryDelays { get; init; }

    /// <summary>Number of times that a job is taken up again after the server died in it.</summary>
    [Range(0, 100)]
    [Unit("times")]
    public int MaxRecoveries { get; init; } = 5;

    /// <summary>Interval at which an idle node looks at the queue without having been told of anything in it, on PostgreSQL.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Interval at which the queue is compared with the accepted jobs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Streams of events that an account may have open at once on this node.</summary>
    [Range(1, 1_000_000)]
    [Unit("streams")]
    public int MaxStreamsPerAccount { get; init; } = 100;

    /// <summary>Streams of events that may be open at once from one address on this node; behind a reverse proxy that is not trusted all come from one.</summary>
    [Range(1, 1_000_000)]
    [Unit("streams")]
    public int MaxStreamsPerAddress { get; init; } = 1000;

    /// <summary>Longest silence of a stream of events.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for which jobs are kept after they have ended; null for ever. Their ledger entries stay.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "36500.00:00:00")]
    public TimeSpan? Retention { get; init; }

    /// <summary>Interval at which a stream that is due is looked for, where a job waits for it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LiveLookEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time past its announced beginning for which a stream is waited for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan LivePatience { get; init; } = TimeSpan.FromDays(1);

    public IReadOnlyList<TimeSpan> EffectiveRetryDelays => RetryDelays ?? DefaultRetryDelays;
}
