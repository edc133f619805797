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
        ListTotals totals,
        CancellationToken cancellationToken
    ) => ListAsync(filter, context.GetCaller().AccountId, endpoint: null, db, totals, cancellationToken);

    public static async Task<Ok<DeliveryList>> HandleOfEndpointAsync(
        long id,
        [AsParameters] DeliveryFilter filter,
        HttpContext context,
        DecantDb db,
        ListTotals totals,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        await db.GetOwnEndpointAsync(caller, id, cancellationToken);
        return await ListAsync(filter, caller.AccountId, id, db, totals, cancellationToken);
    }

    private static async Task<Ok<DeliveryList>> ListAsync(
        DeliveryFilter filter,
        long account,
        long? endpoint,
        DecantDb db,
        ListTotals totals,
        CancellationToken cancellationToken
    )
    {
        var (limit, skip) = QueryText.ReadPage(filter.Limit, filter.Skip);
        var status = QueryText.ReadEnum<DeliveryStatus>("status", filter.Status);
        var job = QueryText.ReadNumber("job_id", filter.JobId, 1, long.MaxValue);

        IQueryable<WebhookDelivery> DeliveriesIn(DecantDb all)
        {
            var deliveries = all.WebhookDeliveries.AsNoTracking();
            deliveries = endpoint is { } one
                ? deliveries.Where(delivery => delivery.EndpointId == one)
                : deliveries.Where(delivery => delivery.AccountId == account);
            deliveries = status is { } state ? deliveries.Where(delivery => delivery.Status == state) : deliveries;
            return job is { } number ? deliveries.Where(delivery => delivery.JobId == number) : deliveries;
        }

        var total = await totals.CountAsync(db, (account, endpoint, status, job), DeliveriesIn, cancellationToken);
        var page = await DeliveriesIn(db)
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
/// <param name="Total">Number of deliveries on all pages: exact up to 10,000, beyond that at most 30 seconds old.</param>
/// <param name="Limit">Page size that was applied.</param>
/// <param name="Skip">Number of deliveries that were skipped.</param>
internal sealed record DeliveryList(IReadOnlyList<DeliveryView> Items, int Total, int Limit, int Skip);
