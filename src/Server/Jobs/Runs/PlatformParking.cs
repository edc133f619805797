using Decant.Engine.Errors;
using Decant.Engine.Sources;
using Decant.Server.Data;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Platforms.Circuits;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Runs;

/// <summary>Keeps the jobs of a platform that refuses this server from being burnt: they wait until it answers again.</summary>
internal sealed class PlatformParking(
    JobTransitions transitions,
    PlatformCircuits circuits,
    CircuitMetrics metrics,
    DatabaseReturn back,
    JobQueue queue,
    IOptions<CircuitOptions> options,
    TimeProvider time
)
{
    /// <summary>Whether a job may ask its platform now; parks it where it may not. Nothing of that counts as an attempt.</summary>
    public async Task<Asking> MayAskAsync(Claimable found, QueuedJob queued, CancellationToken cancellationToken)
    {
        var job = found.Job;
        if (
            found.HasCookies
            // What is recorded of a stream is delivered, whatever its platform says by now.
            || job.RecordedSeconds is not null
            || await back.UntilDoneAsync(() => circuits.PassAsync(job.Platform, cancellationToken))
                is not { OpenUntil: { } until, Code: { } code }
        )
        {
            return Asking.Allowed;
        }

        if (time.GetUtcNow() >= Deadline(job))
        {
            return new Asking.TooLate(
                code,
                $"{job.Platform} has refused this server since {job.ParkedAt:u}, and a job waits no longer than {options.Value.JobPatience} for that to end."
            );
        }

        // Whoever was refused itself keeps its place after the others.
        var at = job.ParkedUntil > until ? job.ParkedUntil.Value : until;
        await ParkAsync(job, queued, job.Attempts, code, at, cancellationToken);
        return Asking.Parked;
    }

    /// <summary>Whether a failure is the platform's word to all of this server.</summary>
    public static bool IsRefusal(Job job, MediaException failure) =>
        PlatformCircuits.IsRefusal(failure.Error) && job.Platform != Platform.Other.Name;

    /// <summary>Tells the circuit of a refusal.</summary>
    /// <param name="job">The job as it was claimed; asked as a stranger.</param>
    /// <param name="queued">The job as the queue handed it out.</param>
    /// <param name="refusal">Refusal of the platform.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <returns>Whether the job was parked, and is this run's no more; else it goes the way of any failure.</returns>
    public async Task<bool> TryParkAsync(
        Job job,
        QueuedJob queued,
        MediaException refusal,
        CancellationToken cancellationToken
    )
    {
        var opened = await back.UntilDoneAsync(() => circuits.RefusedAsync(job.Platform, refusal, cancellationToken));
        var until = opened is { } open
            // After those that have not asked yet: it may be this one medium alone that is refused.
            ? open + options.Value.TrialTime
            : time.GetUtcNow() + options.Value.PauseAfter(refusal);
        if (time.GetUtcNow() >= Deadline(job))
        {
            return false;
        }

        await ParkAsync(job, queued, job.Attempts - 1, refusal.Error.Code, until, cancellationToken);
        return true;
    }

    /// <summary>A job that asked as a stranger has got what it wanted. Its platform's circuit is closed before anybody is told of the job.</summary>
    public Task SucceededAsync(Job job, CancellationToken cancellationToken) =>
        back.UntilDoneAsync(() => circuits.SucceededAsync(job.Platform, cancellationToken));

    /// <summary>End of the time for which it may be parked.</summary>
    private DateTimeOffset Deadline(Job job) => (job.ParkedAt ?? time.GetUtcNow()) + options.Value.JobPatience;

    private async Task ParkAsync(
        Job job,
        QueuedJob queued,
        int attempts,
        string code,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var deadline = Deadline(job);
        var parked = new Parked(attempts, job.ParkedAt ?? time.GetUtcNow(), until < deadline ? until : deadline, code);
        // Before anybody can see that it is parked, and wake it: a wake-up that finds nothing is lost. Should the job have ended,
        // the queue finds nothing to run.
        await back.UntilDoneAsync(() => queue.ParkAsync(queued, job.Platform, parked.Until, cancellationToken));
        if (
            await transitions.ApplyAsync(
                job.Id,
                (db, token) => JobTransitions.ParkAsync(db, job, parked, token),
                cancellationToken
            )
        )
        {
            metrics.CountParked(job.Platform);
        }
    }
}

/// <summary>Whether a job may ask its platform.</summary>
internal abstract record Asking
{
    public static readonly Asking Allowed = new Yes();

    /// <summary>The answer that the job is not to ask now: it was parked.</summary>
    public static readonly Asking Parked = new Later();

    private sealed record Yes : Asking;

    private sealed record Later : Asking;

    /// <summary>The job has been put aside for as long as a job may be.</summary>
    /// <param name="Code">The platform's last answer.</param>
    /// <param name="Message">Text for a person.</param>
    public sealed record TooLate(string Code, string Message) : Asking;
}
