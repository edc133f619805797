using System.Net;
using Decant.Server.Tests.OpenApi;

namespace Decant.Server.Tests.Fixture;

/// <summary>
/// Holds every answer that any test gets against the server's own OpenAPI document: the operation must list the status and the
/// code, and describe the body; who is to come back later is told when; and a browser is kept from taking the answer for anything else.
/// </summary>
internal sealed class DocumentedAnswers(HttpMessageHandler network) : DelegatingHandler(network)
{
    public DocumentedAnswers()
        : this(new SocketsHttpHandler()) { }

    private static readonly Lock Asking = new();
    private static Task<ApiDocument>? s_document;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        // Whoever is led elsewhere has another address in the request afterwards.
        var asked = request.RequestUri!;
        var answer = await base.SendAsync(request, cancellationToken);
        var type = answer.Content.Headers.ContentType?.MediaType;
        var isJson = type?.EndsWith("json", StringComparison.Ordinal) ?? false;
        if (isJson)
        {
            // So that the test can read it as well.
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
        }

        var document = await DocumentAsync(request.RequestUri!);
        var fault = document.FaultOf(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            (int)answer.StatusCode,
            type,
            isJson ? await answer.Content.ReadAsStringAsync(cancellationToken) : ""
        );
        Assert.True(fault is null, $"The OpenAPI document does not say so: {fault}");
        Assert.True(
            (int)answer.StatusCode is not (429 or 503) || answer.Headers.RetryAfter is not null,
            $"{request.Method} {request.RequestUri.AbsolutePath} answers {(int)answer.StatusCode} and does not say when to come back."
        );
        AssertKept(asked, answer);
        return answer;
    }

    public static void AssertKept(Uri asked, HttpResponseMessage answer)
    {
        // A bucket to which a file's address leads says what its operator has it say.
        if (
            answer.RequestMessage!.RequestUri!.Authority != asked.Authority
            // Said by Kestrel of a head that it does not read, with an empty body: no code of ours has seen it.
            || answer
                is {
                    StatusCode: HttpStatusCode.BadRequest
                        or HttpStatusCode.RequestUriTooLong
                        or HttpStatusCode.RequestHeaderFieldsTooLarge,
                    Content.Headers: { ContentType: null, ContentLength: 0 },
                    Headers.ConnectionClose: true
                }
        )
        {
            return;
        }

        foreach (
            var (header, part) in ((string, string)[])
                [
                    ("X-Content-Type-Options", "nosniff"),
                    ("Referrer-Policy", ""),
                    ("Content-Security-Policy", "default-src 'none'"),
                    ("Content-Security-Policy", "frame-ancestors 'none'"),
                ]
        )
        {
            Assert.True(
                answer.Headers.TryGetValues(header, out var values)
                    && Assert.Single(values).Contains(part, StringComparison.Ordinal),
                $"{asked.AbsolutePath} is answered {(int)answer.StatusCode} without {header}: {part}"
            );
        }
    }

    /// <summary>The same of every server, so that one is asked for all.</summary>
    private Task<ApiDocument> DocumentAsync(Uri server)
    {
        lock (Asking)
        {
            return s_document is { IsFaulted: false, IsCanceled: false } known ? known : s_document = AskAsync(server);
        }
    }

    private async Task<ApiDocument> AskAsync(Uri server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, ApiDocument.Path));
        using var answer = await base.SendAsync(request, CancellationToken.None);
        return ApiDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }
}
