using System.Security.Cryptography;
using System.Text.Json;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Downloads;

/// <summary>Answers a repeated request with the first answer, where the client names the request with <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotentAnswers(DecantDb db, IOptions<JsonOptions> json, TimeProvider time)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    /// <param name="context">The request.</param>
    /// <param name="operation">What is done; the same under both path families.</param>
    /// <param name="request">The body, as it was understood.</param>
    /// <param name="make">Does it. Keeps the answer with the record it is given, in its own transaction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException"><c>idempotency_conflict</c>.</exception>
    public async Task<TAnswer> AnswerAsync<TRequest, TAnswer>(
        HttpContext context,
        string operation,
        TRequest request,
        Func<IdempotentRequest?, Task<TAnswer>> make,
        CancellationToken cancellationToken
    )
    {
        if (ReadKey(context) is not { } key)
        {
            return await make(null);
        }

        var named = new IdempotentRequest(
            context.GetCaller().AccountId,
            key,
            Hash(operation, request),
            time.GetUtcNow(),
            _json
        );
        if (await FindAsync<TAnswer>(context, named, cancellationToken) is { } known)
        {
            return known;
        }

        try
        {
            return await make(named);
        }
        catch (DbUpdateException exception) when (db.IsDuplicate(exception))
        {
            // Another with the same key was quicker; what it was answered is the answer.
            return await FindAsync<TAnswer>(context, named, cancellationToken)
                ?? throw new InvalidOperationException("The record that stood in the way is gone.", exception);
        }
    }

    private async Task<TAnswer?> FindAsync<TAnswer>(
        HttpContext context,
        IdempotentRequest named,
        CancellationToken cancellationToken
    )
    {
        var record = await db
            .IdempotencyRecords.AsNoTracking()
            .SingleOrDefaultAsync(one => one.AccountId == named.AccountId && one.Key == named.Key, cancellationToken);
        if (record is null)
        {
            return default;
        }

        if (record.RequestHash != named.Hash)
        {
            throw new ApiException(
                ApiError.IdempotencyConflict,
                $"The {Header} '{named.Key}' was sent before with another request. Use a new key for a new request."
            );
        }

        context.Response.Headers["Idempotency-Replayed"] = "true";
        return JsonSerializer.Deserialize<TAnswer>(record.Answer!, _json);
    }

    private string Hash<TRequest>(string operation, TRequest request) =>
        Convert.ToHexStringLower(
            SHA256.HashData([
                .. JsonSerializer.SerializeToUtf8Bytes(operation),
                .. JsonSerializer.SerializeToUtf8Bytes(request, _json),
            ])
        );

    private static string? ReadKey(HttpContext context) =>
        context.Request.Headers[Header].ToString() switch
        {
            "" => null,
            { Length: <= LongestKey } key => key,
            _ => throw ApiException.Invalid(Header, $"An {Header} has at most {LongestKey} characters."),
        };
}
