using Decant.Server.Accounts.Audit;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Idempotency;
using Decant.Server.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Accounts.Admin;

/// <summary><c>POST /api/v1/admin/users/{id}/grants</c>: how purses are filled.</summary>
internal static class GrantMoney
{
    public static async Task<Ok<AccountView>> HandleAsync(
        long id,
        GrantRequest request,
        HttpContext context,
        DecantDb db,
        Ledger ledger,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        var (grants, note) = request.Read();
        var account = await db.InWriteTransactionAsync(
            async token =>
            {
                await db.GetAccountAsync(id, token);
                foreach (var (purse, amount) in grants)
                {
                    await ledger.GrantAsync(db, id, purse, amount, note, token);
                    audit.Add(
                        db,
                        AuditAction.Granted,
                        Actor.Of(context),
                        id,
                        $"{(purse == Purse.Credits ? $"{amount} credits" : Usd.FromCents(amount))}: {note}"
                    );
                }

                await db.SaveChangesAsync(token);
                var shown = AccountView.Of(await db.GetAccountAsync(id, token));
                await (context.GetNamed()?.KeepAsync(db, shown, token) ?? Task.CompletedTask);
                return shown;
            },
            cancellationToken
        );
        return TypedResults.Ok(account);
    }
}

/// <summary>A grant to either purse, or to both.</summary>
/// <param name="Credits">Credits, 1 to 1,000,000,000.</param>
/// <param name="WalletCents">US cents for the API wallet, 1 to 1,000,000,000.</param>
/// <param name="Note">Reason, shown in the account's history; up to 500 characters.</param>
internal sealed record GrantRequest(long? Credits, long? WalletCents, string? Note)
{
    private const long Most = 1_000_000_000;
    private const int LongestNote = 500;

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public (IReadOnlyList<(Purse Purse, long Amount)> Grants, string Note) Read()
    {
        var note = Note?.Trim() ?? "";
        if (note.Length is 0 or > LongestNote || note.Any(char.IsControl))
        {
            throw ApiException.Invalid(
                "note",
                $"Say in 1 to {LongestNote} characters on one line what the grant is for."
            );
        }

        List<(Purse, long)> grants =
        [
            .. Read("credits", Purse.Credits, Credits),
            .. Read("wallet_cents", Purse.Wallet, WalletCents),
        ];
        return grants.Count > 0
            ? (grants, note)
            : throw ApiException.Invalid("credits", "Send credits, wallet_cents, or both.");
    }

    private static IEnumerable<(Purse, long)> Read(string field, Purse purse, long? amount) =>
        amount switch
        {
            null => [],
            >= 1 and <= Most => [(purse, amount.Value)],
            _ => throw ApiException.Invalid(field, $"{amount} is not an amount from 1 to {Most}."),
        };
}
