using System.Globalization;
using Decant.Server.Errors;
using Decant.Server.Hosting;

namespace Decant.Server.Billing.Endpoints;

/// <summary>Period of statistics.</summary>
/// <param name="By"><c>day</c> (where nothing is said) or <c>month</c>, in UTC.</param>
/// <param name="CreatedAfter">From this time on; 30 days ago, or a year ago by month, where nothing is said.</param>
/// <param name="CreatedBefore">End of the period, exclusive; now where left out.</param>
internal sealed record StatisticsFilter(
    string? By,
    [property: Microsoft.AspNetCore.Mvc.FromQuery(Name = "created_after")] string? CreatedAfter,
    [property: Microsoft.AspNetCore.Mvc.FromQuery(Name = "created_before")] string? CreatedBefore
)
{
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
