using Quartz;
using Quartz.Extensibility;
using Quartz.Impl.AdoJobStore;

namespace Decant.Server.Jobs.Queue;

/// <summary>SQLite driver of Quartz's store, by which jobs that were broken off come first.</summary>
/// <remarks>Quartz has a class for each database, so that the override stands twice.</remarks>
internal sealed class SqliteQueueDriver(TimeProvider time) : SQLiteDelegate
{
    public override ValueTask<int> InsertTrigger(
        ConnectionAndTransactionHolder conn,
        IOperableTrigger trigger,
        StoredTriggerState state,
        IJobDetail jobDetail,
        CancellationToken cancellationToken = default
    ) => base.InsertTrigger(conn, BrokenOff.PutFirst(trigger, time), state, jobDetail, cancellationToken);
}

/// <summary>PostgreSQL driver of Quartz's store, by which jobs that were broken off come first.</summary>
internal sealed class PostgresQueueDriver(TimeProvider time) : PostgreSQLDelegate
{
    /// <summary>True as of Quartz's own driver: what is due is taken and begun in one transaction, with a statement for all of it. Quartz
    /// says no of any class derived from one, which may have changed what such a round passes by; the override here is of none of that.</summary>
    public override bool SupportsFireOnAcquire => true;

    /// <inheritdoc cref="SqliteQueueDriver.InsertTrigger"/>
    public override ValueTask<int> InsertTrigger(
        ConnectionAndTransactionHolder conn,
        IOperableTrigger trigger,
        StoredTriggerState state,
        IJobDetail jobDetail,
        CancellationToken cancellationToken = default
    ) => base.InsertTrigger(conn, BrokenOff.PutFirst(trigger, time), state, jobDetail, cancellationToken);
}
