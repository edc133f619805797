namespace Decant.Server.Webhooks;

/// <summary>Event types, by their names on the wire.</summary>
internal static class WebhookEvents
{
    public const string Test = "webhook.test";

    /// <summary>The ends a job can have.</summary>
    public static readonly IReadOnlyList<string> OfJobs = ["job.completed", "job.failed", "job.cancelled"];

    public static readonly IReadOnlyList<string> All = [.. OfJobs, Test];
}
