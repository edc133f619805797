using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Webhooks.Kinds;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>POST /api/v1/webhooks/endpoints</c>.</summary>
internal static class CreateEndpoint
{
    public static async Task<Ok<EndpointView>> HandleAsync(
        CreateEndpointRequest request,
        HttpContext context,
        DecantDb db,
        WebhookUrl urls,
        WebhookSecrets secrets,
        IOptions<WebhookOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var account = caller.AccountId;
        var kind = EndpointFields.ReadKind(request.Kind);
        var secret = EndpointFields.ReadSecret(kind, request.Secret);
        var description = EndpointFields.ReadDescription(request.Description);
        var enabled = EndpointFields.ReadEnabled(request.Enabled, request.Active) ?? true;
        var events = EndpointFields.ReadEvents(request.Events ?? kind.UsualEvents());
        var url = await urls.ReadAsync(db, caller, kind, request.Url, cancellationToken);
        var endpoint = await db.InWriteTransactionAsync(
            async token =>
            {
                await db.PassAloneAsync($"webhooks:{account}", token);
                var most = options.Value.MaxPerAccount;
                if (await db.WebhookEndpoints.CountAsync(one => one.AccountId == account, token) >= most)
                {
                    throw new ApiException(
                        ApiError.WrongState,
                        $"There are {most} webhook endpoints, and no more are allowed. Delete or change one."
                    )
                    {
                        Figures = new Dictionary<string, object?> { ["max_endpoints"] = most },
                    };
                }

                var made = new WebhookEndpoint
                {
                    AccountId = account,
                    Url = url.AbsoluteUri,
                    Kind = kind,
                    Description = description,
                    Events = events,
                    Secret = secrets.Protect(secret),
                    Enabled = enabled,
                    CreatedAt = time.GetUtcNow(),
                };
                db.WebhookEndpoints.Add(made);
                await db.SaveChangesAsync(token);
                return made;
            },
            cancellationToken
        );
        return TypedResults.Ok(EndpointView.Of(endpoint, time.GetUtcNow(), kind.IsSigned() ? secret : null));
    }
}

/// <param name="Url">Address of the receiver: https, publicly reachable, at most 2,048 characters. Of the kind <c>mail</c> not wanted.</param>
/// <param name="Events">Events to send: <c>job.completed</c>, <c>job.failed</c>, <c>job.cancelled</c>; all of them where left out.</param>
/// <param name="Description">Note for yourself; at most 500 characters.</param>
/// <param name="Secret">A secret of your own, 16 to 256 visible ASCII characters; one is made where left out. What follows <c>whsec_</c> is base64. Of another kind the service's token, where it wants one: it is sent as the credential, and never shown.</param>
/// <param name="Enabled">False to make the endpoint and send nothing yet; true where left out.</param>
/// <param name="Active">The same as <c>enabled</c>, under the hosted service's name.</param>
/// <param name="Kind">Kind of receiver: <c>decant</c> (otherwise) gets the event itself, signed; <c>ntfy</c>, <c>gotify</c>, <c>discord</c> and <c>slack</c> a message that they show; <c>jellyfin</c> looks its libraries through; <c>mail</c> is a mail to the account's own address, without a <c>url</c>.</param>
internal sealed record CreateEndpointRequest(
    string? Url,
    IReadOnlyList<string?>? Events,
    string? Description,
    string? Secret,
    bool? Enabled,
    bool? Active,
    string? Kind
);
