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
    /// <inheritdoc cref="SqliteQueueDriver.InsertTrigger"/>
    public override ValueTask<int> InsertTrigger(
        ConnectionAndTransactionHolder conn,
        IOperableTrigger trigger,
        StoredTriggerState state,
        IJobDetail jobDetail,
        CancellationToken cancellationToken = default
    ) => base.InsertTrigger(conn, BrokenOff.PutFirst(trigger, time), state, jobDetail, cancellationToken);
}
