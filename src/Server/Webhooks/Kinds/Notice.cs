using System.Globalization;
using Decant.Server.Jobs.Views;

namespace Decant.Server.Webhooks.Kinds;

/// <summary>An event in a person's words, for services that show messages.</summary>
/// <param name="Title">Title in one line.</param>
/// <param name="Text">A sentence or two.</param>
/// <param name="Link">The file; null where there is none.</param>
/// <param name="IsBad">Something failed.</param>
internal sealed record Notice(string Title, string Text, string? Link, bool IsBad)
{
    private const int LongestTitle = 200;
    private const int LongestText = 1500;

    public static Notice Of(WebhookBody body) =>
        body switch
        {
            JobWebhookBody { Job: var job } happened => new Notice(
                Cut($"{NameOf(job)} {EndOf(happened.Status)}", LongestTitle),
                Cut(TextOf(happened), LongestText),
                job.DownloadUrl?.AbsoluteUri,
                happened.Status == WebhookJobStatus.Failed
            ),
            TestWebhookBody test => new Notice("Decant", test.Message, Link: null, IsBad: false),
            _ => throw new ArgumentOutOfRangeException(nameof(body), body.EventType, null),
        };

    private static string NameOf(JobView job) =>
        string.IsNullOrWhiteSpace(job.Title)
            ? string.Create(CultureInfo.InvariantCulture, $"Job {job.Id}")
            : job.Title.ReplaceLineEndings(" ").Trim();

    private static string EndOf(WebhookJobStatus status) =>
        status switch
        {
            WebhookJobStatus.Completed => "is ready",
            WebhookJobStatus.Failed => "failed",
            _ => "was cancelled",
        };

    private static string TextOf(JobWebhookBody happened) =>
        happened.Status switch
        {
            WebhookJobStatus.Failed => $"{happened.ErrorMessage} ({happened.FailureReason})",
            WebhookJobStatus.Cancelled => "Nothing was charged.",
            _ => string.Join(", ", FactsOf(happened.Job)),
        };

    private static IEnumerable<string> FactsOf(JobView job)
    {
        yield return job.Format;
        if (job.Resolution is { } resolution)
        {
            yield return resolution;
        }

        if (job.Duration is { } seconds)
        {
            yield return TimeSpan.FromSeconds(Math.Round(seconds)).ToString("g", CultureInfo.InvariantCulture);
        }

        if (job.FileSize is { } bytes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0.1, bytes / 1e6):0.#} MB");
        }
    }

    private static string Cut(string text, int longest) =>
        text.Length <= longest
            ? text
            // Not in the middle of a pair of surrogates, which would be no text any more.
            : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1), "…");
}
