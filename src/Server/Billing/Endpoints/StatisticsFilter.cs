using System.Globalization;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Decant.Server.Billing.Endpoints;

/// <summary>Period of statistics.</summary>
internal sealed record StatisticsFilter
{
    /// <summary><c>day</c> (where nothing is said) or <c>month</c>, in UTC.</summary>
    public string? By { get; init; }

    /// <summary>Beginning of the statistics; 30 days ago, or a year ago by month, where nothing is said.</summary>
    [FromQuery(Name = "created_after")]
    public string? CreatedAfter { get; init; }

    /// <summary>End of the period, exclusive; now where left out.</summary>
    [FromQuery(Name = "created_before")]
    public string? CreatedBefore { get; init; }

    private const string Day = "day";
    private const string Month = "month";

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public Span Read(DateTimeOffset now)
    {
        var by = QueryText.ReadName("by", By, [Day, Month]) ?? Day;
        var before = QueryText.ReadTime("created_before", CreatedBefore) ?? now;
        var (usual, most) = by == Day ? (30, 366) : (365, 3660);
        var after = QueryText.ReadTime("created_after", CreatedAfter);
        if (after is null && before - DateTimeOffset.MinValue < TimeSpan.FromDays(usual))
        {
            after = DateTimeOffset.MinValue;
        }

        var from = after ?? before.AddDays(-usual);
        return from <= before && (before - from).TotalDays <= most
            ? new Span(by, from, before)
            : throw ApiException.Invalid(
                "created_after",
                $"From {from:u} until {before:u} is not a span of up to {most} days, which is the most by {by}."
            );
    }

    internal sealed record Span(string By, DateTimeOffset From, DateTimeOffset Before)
    {
        /// <returns><c>2026-01-31</c> or <c>2026-01</c>.</returns>
        public string PeriodOf(DateTimeOffset time) =>
            time.UtcDateTime.ToString(By == Day ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);
    }
}
