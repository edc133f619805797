using System.Text.Json;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Requests;
using Decant.Server.Jobs.Views;
using Decant.Server.Webhooks.Kinds;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Webhooks;

/// <summary>Writes deliveries, always in the transaction of what they tell about: neither can be there without the other.</summary>
internal sealed class WebhookOutbox(JobViews views, PublicOrigin origin, IOptions<JsonOptions> json, TimeProvider time)
{
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    /// <summary>Finds the endpoints of a job's account that want to know of an event. To be asked before the account's purse is locked.</summary>
    public static async Task<IReadOnlyList<WebhookEndpoint>> FindAsync(
        DecantDb db,
        Job job,
        string eventType,
        CancellationToken cancellationToken
    )
    {
        if (job.AccountId is not { } account)
        {
            return [];
        }

        var endpoints = await db
            .WebhookEndpoints.AsNoTracking()
            .Where(one => one.AccountId == account && one.Enabled)
            .ToListAsync(cancellationToken);
        return [.. endpoints.Where(one => one.EventList.Contains(eventType))];
    }

    /// <summary>Writes one delivery for everyone who wants to know of a job's end. Works inside the caller's transaction.</summary>
    /// <param name="db">Database with the open transaction.</param>
    /// <param name="job">The job as it was read at some time; what it is now is read where somebody wants to know.</param>
    /// <param name="endpoints">Endpoints that want the event.</param>
    /// <param name="happened">End of the job.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    public async Task AddAsync(
        DecantDb db,
        Job job,
        IReadOnlyList<WebhookEndpoint> endpoints,
        JobEvent happened,
        CancellationToken cancellationToken
    )
    {
        var oneOff = job.Request.Webhook;
        if (job.AccountId is not { } account || (endpoints.Count == 0 && oneOff is null))
        {
            return;
        }

        var ended = await db.Jobs.AsNoTracking().SingleAsync(one => one.Id == job.Id, cancellationToken);
        var body = JobWebhookBody.Of(happened, views.Show(ended, origin.OfServer));
        db.WebhookDeliveries.AddRange(endpoints.Select(endpoint => ToEndpoint(endpoint, body)));
        if (oneOff is not null)
        {
            db.WebhookDeliveries.Add(ToOneOff(account, oneOff, body));
        }
    }

    public WebhookDelivery ToEndpoint(WebhookEndpoint endpoint, WebhookBody body) =>
        new()
        {
            AccountId = endpoint.AccountId,
            EndpointId = endpoint.Id,
            Lane = endpoint.Lane,
            EventId = body.EventId,
            EventType = body.EventType,
            JobId = (body as JobWebhookBody)?.JobId,
            Body = endpoint.Kind == WebhookKind.Decant ? Write(body) : endpoint.Kind.Write(new Uri(endpoint.Url), body),
            CreatedAt = body.CreatedAt,
            NextAttemptAt = time.GetUtcNow(),
        };

    private WebhookDelivery ToOneOff(long account, OneOffWebhook webhook, JobWebhookBody body) =>
        new()
        {
            AccountId = account,
            Url = webhook.Url,
            Secret = webhook.Secret,
            Lane = new Uri(webhook.Url).Authority,
            EventId = body.EventId,
            EventType = body.EventType,
            JobId = body.JobId,
            Body = Write(body),
            CreatedAt = body.CreatedAt,
            NextAttemptAt = time.GetUtcNow(),
        };

    /// <summary>The body as JSON, with the fields of its own kind.</summary>
    private string Write(WebhookBody body) => JsonSerializer.Serialize(body, body.GetType(), _json);
}
