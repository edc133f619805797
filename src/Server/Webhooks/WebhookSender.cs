using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Decant.Engine;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Server.Errors;
using Decant.Server.Mail;
using Decant.Server.Webhooks.Kinds;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Decant.Server.Webhooks;

/// <summary>Sends one delivery once, through the egress gate, and says what came of it.</summary>
internal sealed class WebhookSender(
    MediaEngine engine,
    WebhookSecrets secrets,
    WebhookMail mail,
    IOptions<WebhookOptions> options,
    TimeProvider time
)
{
    /// <summary>Bytes of an answer that are kept, to see what a receiver objected to.</summary>
    private const int KeptBytes = 1024;

    private static readonly ProductInfoHeaderValue Agent = new("Decant-Webhooks", "1");

    /// <param name="delivery">The delivery.</param>
    /// <param name="kind">Kind of the receiver.</param>
    /// <param name="url">Address of the receiver.</param>
    /// <param name="storedSecrets">Encrypted secrets to sign with, the newest first; without any the request is unsigned.</param>
    /// <param name="cancellationToken">The server stops: nothing is known of the attempt then.</param>
    public async Task<DeliveryOutcome> SendAsync(
        WebhookDelivery delivery,
        WebhookKind kind,
        string url,
        IReadOnlyList<string> storedSecrets,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            if (kind == WebhookKind.Mail)
            {
                await mail.SendAsync(delivery, url, attempt.Token);
                return new DeliveryOutcome(time.GetElapsedTime(began), StatusCodes.Status200OK);
            }

            // Asked again at every attempt; what a row says may be older than what may be reached.
            using var request = Request(delivery, kind, WebhookUrl.Read(url, "url"), storedSecrets);
            using var answer = await engine.Egress.Http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                attempt.Token
            );
            var took = time.GetElapsedTime(began);
            return new DeliveryOutcome(took, (int)answer.StatusCode, await ReadAsync(answer, attempt.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"There was no answer within {options.Value.Timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception exception) when (exception is MediaException or ApiException or MailException)
        {
            return Failed(exception.Message);
        }
        catch (CryptographicException)
        {
            // The ring of keys was lost: nothing that time mends.
            return Failed("The secret can no longer be read here. Rotate it.");
        }
        catch (HttpRequestException exception)
        {
            return Failed(
                exception.HttpRequestError == HttpRequestError.SecureConnectionError
                    ? $"No trusted TLS connection: {exception.InnerException?.Message ?? exception.Message}"
                    : $"The receiver did not answer as HTTP wants it: {exception.HttpRequestError}."
            );
        }

        DeliveryOutcome Failed(string error) => new(time.GetElapsedTime(began), Error: error);
    }

    private HttpRequestMessage Request(
        WebhookDelivery delivery,
        WebhookKind kind,
        Uri url,
        IReadOnlyList<string> storedSecrets
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, kind.AddressOf(url))
        {
            Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json"),
        };
        request.Options.Set(EgressGate.AnswerRedirects, true);
        request.Headers.UserAgent.Add(Agent);
        if (kind.IsSigned())
        {
            Sign(request, delivery, storedSecrets);
        }
        else
        {
            request.Headers.Authorization = kind.CredentialOf(secrets.Reveal(storedSecrets[0]));
        }

        return request;
    }

    private void Sign(HttpRequestMessage request, WebhookDelivery delivery, IReadOnlyList<string> storedSecrets)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        request.Headers.Add("X-AudioPod-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-AudioPod-Event", delivery.EventType);
        request.Headers.Add("X-AudioPod-Event-Id", delivery.EventId.ToString());
        request.Headers.Add("webhook-id", delivery.EventId.ToString());
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        if (storedSecrets.Count > 0)
        {
            request.Headers.Add("X-AudioPod-Signature", secrets.Sign(storedSecrets[0], timestamp, delivery.Body));
            request.Headers.Add(
                "webhook-signature",
                secrets.SignByStandard(storedSecrets, delivery.EventId, timestamp, delivery.Body)
            );
        }
    }

    /// <summary>The status has decided; an answer that breaks off is kept as far as it came.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[KeptBytes];
        var length = 0;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            int more;
            while (
                length < buffer.Length && (more = await body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0
            )
            {
                length += more;
            }
        }
        catch (Exception exception)
            when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // What came so far.
        }

        // PostgreSQL keeps no NUL in a text.
        return Encoding.UTF8.GetString(buffer, 0, length).Replace('\0', '\uFFFD');
    }
}

/// <summary>Outcome of an attempt.</summary>
/// <param name="Took">Time until the answer's head, or until the attempt was given up.</param>
/// <param name="Status">The answer's; null where there was none.</param>
/// <param name="Answer">First bytes of the answer.</param>
/// <param name="Error">Reason for which there was no answer, for a person.</param>
internal sealed record DeliveryOutcome(TimeSpan Took, int? Status = null, string? Answer = null, string? Error = null)
{
    public bool Succeeded => Status is >= 200 and <= 299;

    public string? Reason =>
        Succeeded ? null
        : Error is not null ? Error
        : Status is >= 300 and <= 399 ? $"It answered {Status}; redirects are not followed. Give the new address."
        : $"It answered {Status}; 2xx is wanted.";
}
