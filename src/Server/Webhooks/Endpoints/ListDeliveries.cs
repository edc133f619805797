using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary><c>GET /api/v1/webhooks/deliveries</c>, and <c>…/endpoints/{id}/deliveries</c>.</summary>
internal static class ListDeliveries
{
    public static Task<Ok<DeliveryList>> HandleAsync(
        [AsParameters] DeliveryFilter filter,
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        return ListAsync(
            filter,
            db.WebhookDeliveries.AsNoTracking().Where(one => one.AccountId == account),
            cancellationToken
        );
    }

    public static async Task<Ok<DeliveryList>> HandleOfEndpointAsync(
        long id,
        [AsParameters] DeliveryFilter filter,
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        await db.GetOwnEndpointAsync(context.GetCaller(), id, cancellationToken);
        return await ListAsync(
            filter,
            db.WebhookDeliveries.AsNoTracking().Where(one => one.EndpointId == id),
            cancellationToken
        );
    }

    private static async Task<Ok<DeliveryList>> ListAsync(
        DeliveryFilter filter,
        IQueryable<WebhookDelivery> deliveries,
        CancellationToken cancellationToken
    )
    {
        var (limit, skip) = QueryText.ReadPage(filter.Limit, filter.Skip);
        if (QueryText.ReadEnum<DeliveryStatus>("status", filter.Status) is { } status)
        {
            deliveries = deliveries.Where(one => one.Status == status);
        }

        if (QueryText.ReadNumber("job_id", filter.JobId, 1, long.MaxValue) is { } job)
        {
            deliveries = deliveries.Where(one => one.JobId == job);
        }

        var total = await deliveries.CountAsync(cancellationToken);
        var page = await deliveries
            .Include(one => one.Log)
            .OrderByDescending(one => one.Id)
            .Skip(skip)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new DeliveryList([.. page.Select(DeliveryView.Of)], total, limit, skip));
    }
}

/// <summary>Filter and page of deliveries.</summary>
internal sealed record DeliveryFilter
{
    /// <summary><c>pending</c>, <c>delivered</c> or <c>dead_letter</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The job they tell of.</summary>
    [FromQuery(Name = "job_id")]
    public string? JobId { get; init; }

    /// <summary>1 to 200; 50 where nothing is said.</summary>
    public string? Limit { get; init; }

    /// <summary>Number of the newest deliveries to skip.</summary>
    public string? Skip { get; init; }
}

/// <summary>A page of deliveries, newest first.</summary>
/// <param name="Items">The deliveries.</param>
/// <param name="Total">Number of deliveries on all pages.</param>
/// <param name="Limit">Page size that was applied.</param>
/// <param name="Skip">Number of deliveries that were skipped.</param>
internal sealed record DeliveryList(IReadOnlyList<DeliveryView> Items, int Total, int Limit, int Skip);
