using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Admin;

/// <summary><c>GET /api/v1/admin/audit</c>.</summary>
internal static class ListAudit
{
    public static async Task<Ok<PageOf<AuditView>>> HandleAsync(
        [AsParameters] AuditFilter filter,
        [AsParameters] Page page,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        var (limit, skip) = page.Read();
        var entries = filter.Apply(db.AuditEntries.AsNoTracking());
        var total = await entries.CountAsync(cancellationToken);
        var shown = await entries
            .OrderByDescending(entry => entry.Id)
            .Skip(skip)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new PageOf<AuditView>([.. shown.Select(AuditView.Of)], total, limit, skip));
    }
}

/// <summary>Filter of audit entries.</summary>
internal sealed record AuditFilter
{
    /// <summary>Action of the entries to list, such as <c>key_revoked</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Account that acted or was acted upon.</summary>
    [FromQuery(Name = "user_id")]
    public string? UserId { get; init; }

    private static readonly IReadOnlyDictionary<string, AuditAction> Actions = Enum.GetValues<AuditAction>()
        .ToDictionary(AuditView.NameOf);

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public IQueryable<AuditEntry> Apply(IQueryable<AuditEntry> entries)
    {
        if (!string.IsNullOrEmpty(Action))
        {
            var action = Actions.TryGetValue(Action, out var known)
                ? known
                : throw ApiException.Invalid(
                    "action",
                    $"The action '{Action}' is not known. Known are {string.Join(", ", Actions.Keys)}."
                );
            entries = entries.Where(entry => entry.Action == action);
        }

        if (!string.IsNullOrEmpty(UserId))
        {
            var id = long.TryParse(UserId, out var number)
                ? number
                : throw ApiException.Invalid("user_id", $"The user_id '{UserId}' is not a number.");
            entries = entries.Where(entry => entry.AccountId == id || entry.ActorId == id);
        }

        return entries;
    }
}

/// <summary>An entry of the audit trail.</summary>
/// <param name="Id">Number of the entry; it rises with time.</param>
/// <param name="CreatedAt">Time of the event (UTC).</param>
/// <param name="Action">Kind of event.</param>
/// <param name="ActorId">Account of who did it; null for somebody unknown, or the server itself.</param>
/// <param name="ApiKeyId">API key of the call, where it was made with one.</param>
/// <param name="UserId">Account that it was done to; null where nobody's name was tried.</param>
/// <param name="Detail">Further facts, such as the amount of a grant.</param>
/// <param name="Address">The client's address; null for the server itself.</param>
internal sealed record AuditView(
    long Id,
    DateTimeOffset CreatedAt,
    AuditAction Action,
    long? ActorId,
    long? ApiKeyId,
    long? UserId,
    string? Detail,
    string? Address
)
{
    public static AuditView Of(AuditEntry entry) =>
        new(
            entry.Id,
            entry.CreatedAt,
            entry.Action,
            entry.ActorId,
            entry.ApiKeyId,
            entry.AccountId,
            entry.Detail,
            entry.Address
        );

    /// <summary>Names of actions on the wire.</summary>
    public static string NameOf(AuditAction action) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(action.ToString());
}
