using System.Diagnostics.Metrics;
using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Queue;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Telemetry.Queues;

/// <summary>Figures that stand in the database and not in a process: what waits and for how long. All nodes show the same, so that a dashboard takes the greatest and not the sum.</summary>
internal sealed class QueueFigures : PeriodicLoop
{
    private static readonly JobStage[] Open = [.. Enum.GetValues<JobStage>().Where(stage => stage != JobStage.Done)];

    private readonly IDbContextFactory<DecantDb> _databases;
    private readonly bool _isUsed;
    private IReadOnlyList<Measurement<long>> _jobs = [];
    private double _oldestJob;
    private double _oldestDelivery;

    public QueueFigures(
        IDbContextFactory<DecantDb> databases,
        RunsHere runs,
        IOptions<TelemetryOptions> options,
        IMeterFactory meters,
        LoopServices services
    )
        : base(options.Value.ReadEvery, services, atOnce: true)
    {
        _databases = databases;
        _isUsed = options.Value.IsUsed;
        var meter = meters.Create(CircuitMetrics.MeterName);
        meter.CreateObservableGauge("decant.jobs.here", () => runs.Count, "{job}", "Jobs that run on this node.");
        meter.CreateObservableGauge<long>(
            "decant.jobs.open",
            () => _jobs,
            "{job}",
            "Jobs that have not ended, by stage."
        );
        meter.CreateObservableGauge(
            "decant.queue.age",
            () => _oldestJob,
            "s",
            "Time for which the job has waited that has waited longest for a worker."
        );
        meter.CreateObservableGauge(
            "decant.webhooks.lag",
            () => _oldestDelivery,
            "s",
            "Time for which the delivery of a webhook is overdue that is overdue for longest."
        );
    }

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!_isUsed)
        {
            return;
        }

        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var now = Time.GetUtcNow();
        var open = await OpenJobs.ReadAsync(db, cancellationToken);
        var due = await db
            .WebhookDeliveries.AsNoTracking()
            .Where(delivery => delivery.Status == DeliveryStatus.Pending && delivery.NextAttemptAt <= now)
            .MinAsync(delivery => (DateTimeOffset?)delivery.NextAttemptAt, cancellationToken);
        _jobs =
        [
            .. Open.Select(stage => new Measurement<long>(
                open.Stages.GetValueOrDefault(stage),
                new KeyValuePair<string, object?>("stage", stage.ToString().ToLowerInvariant())
            )),
        ];
        _oldestJob = SecondsSince(open.Oldest, now);
        _oldestDelivery = SecondsSince(due, now);
    }

    private static double SecondsSince(DateTimeOffset? then, DateTimeOffset now) =>
        then is { } time ? Math.Max(0, (now - time).TotalSeconds) : 0;
}
