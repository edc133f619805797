using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Webhooks.Kinds;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>PATCH /api/v1/webhooks/endpoints/{id}</c>.</summary>
internal static class UpdateEndpoint
{
    public static async Task<Ok<EndpointView>> HandleAsync(
        long id,
        UpdateEndpointRequest request,
        HttpContext context,
        DecantDb db,
        WebhookUrl urls,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var kind = (await db.GetOwnEndpointAsync(caller, id, cancellationToken)).Kind;
        var events = request.Events is null ? null : EndpointFields.ReadEvents(request.Events);
        var description = EndpointFields.ReadDescription(request.Description);
        var isEnabled = EndpointFields.ReadEnabled(request.Enabled, request.Active);
        var url = request.Url is null ? null : await urls.ReadAsync(db, caller, kind, request.Url, cancellationToken);
        var changed = await db.InWriteTransactionAsync(
            token =>
                db.WebhookEndpoints.Where(one => one.Id == id && one.AccountId == caller.AccountId)
                    .ExecuteUpdateAsync(
                        set =>
                        {
                            // Whatever is changed, what became of it before says nothing any more.
                            set.SetProperty(one => one.FailingSince, (DateTimeOffset?)null);
                            if (url is not null)
                            {
                                set.SetProperty(one => one.Url, url.AbsoluteUri);
                            }

                            if (events is not null)
                            {
                                set.SetProperty(one => one.Events, events);
                            }

                            if (description is not null)
                            {
                                set.SetProperty(one => one.Description, description);
                            }

                            if (isEnabled is { } enabled)
                            {
                                set.SetProperty(one => one.Enabled, enabled)
                                    .SetProperty(one => one.DisabledReason, (string?)null);
                            }
                        },
                        token
                    ),
            cancellationToken
        );
        return changed == 0
            ? throw OwnWebhooks.MissingEndpoint(id)
            : TypedResults.Ok(
                EndpointView.Of(await db.GetOwnEndpointAsync(caller, id, cancellationToken), time.GetUtcNow())
            );
    }
}

/// <summary>Changes to an endpoint; a field that is left out stays unchanged.</summary>
/// <param name="Url">Address of the receiver: https, publicly reachable, at most 2,048 characters.</param>
/// <param name="Events">Events to send: <c>job.completed</c>, <c>job.failed</c>, <c>job.cancelled</c>.</param>
/// <param name="Description">Note for yourself; at most 500 characters.</param>
/// <param name="Enabled">False to keep everything and send nothing.</param>
/// <param name="Active">The same as <c>enabled</c>, under the hosted service's name.</param>
internal sealed record UpdateEndpointRequest(
    string? Url,
    IReadOnlyList<string?>? Events,
    string? Description,
    bool? Enabled,
    bool? Active
);
