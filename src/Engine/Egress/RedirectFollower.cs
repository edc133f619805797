using System.Net;
using Decant.Engine.Errors;

namespace Decant.Engine.Egress;

/// <summary>Checks every request before it is sent, redirects included, which it follows itself for that reason.</summary>
internal sealed class RedirectFollower(EgressRouter router, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MaxRedirects = 10;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        EnsureWholeFields(request);
        for (var redirects = 0; ; redirects++)
        {
            var url = request.RequestUri ?? throw new InvalidOperationException("A request without an address.");
            router.Check(EgressTarget.Of(url));
            var response = await SendOnceAsync(request, cancellationToken);
            if (!IsFollowed(request, response) || response.Headers.Location is not { } location)
            {
                return response;
            }
            using (response)
            {
                if (redirects == MaxRedirects)
                {
                    throw new MediaException(
                        MediaError.SourceFailed,
                        $"'{url.IdnHost}' redirects more than {MaxRedirects} times."
                    );
                }
                Redirect(request, url, new Uri(url, location), response.StatusCode);
            }
        }
    }

    /// <summary>A refusal inside the connection callback comes wrapped; the caller wants the refusal.</summary>
    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (e.InnerException is MediaException refusal)
        {
            throw new MediaException(refusal.Error, refusal.Message, e);
        }
    }

    /// <summary>Header values come from sites, and the handler writes a line break in one to the wire as it is: another field, or another request.</summary>
    private static void EnsureWholeFields(HttpRequestMessage request)
    {
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            if (values.Any(value => value.AsSpan().ContainsAny('\r', '\n', '\0')))
            {
                throw new MediaException(
                    MediaError.SourceFailed,
                    $"The source wants a '{name}' field with a line break in it, which is not sent."
                );
            }
        }
    }

    private static void Redirect(HttpRequestMessage request, Uri from, Uri to, HttpStatusCode status)
    {
        if (to.Scheme != Uri.UriSchemeHttp && to.Scheme != Uri.UriSchemeHttps)
        {
            throw new MediaException(
                MediaError.BlockedAddress,
                $"'{from.IdnHost}' redirects to a '{to.Scheme}:' address; only http and https are followed."
            );
        }
        // A step down from https to http is followed, since podcast and radio hosts do it, but it carries no secret along.
        if (from.Scheme != to.Scheme || from.Authority != to.Authority)
        {
            request.Headers.Authorization = null;
            request.Headers.Remove("Cookie");
        }
        if (from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp)
        {
            request.Headers.Referrer = null;
        }
        // What browsers do (Fetch, "HTTP-redirect fetch"): 303 always turns into GET, 301 and 302 turn POST into GET.
        var turnsIntoGet =
            (status == HttpStatusCode.SeeOther && request.Method != HttpMethod.Head)
            || (status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found && request.Method == HttpMethod.Post);
        if (turnsIntoGet)
        {
            request.Method = HttpMethod.Get;
            request.Content = null;
        }
        request.RequestUri = to;
        request.Headers.Host = null;
    }

    private static bool IsFollowed(HttpRequestMessage request, HttpResponseMessage response) =>
        IsRedirect(response.StatusCode)
        && !Wants(request, EgressGate.AnswerRedirects)
        && !(Wants(request, EgressGate.AnswerCookies) && response.Headers.NonValidated.Contains("Set-Cookie"));

    private static bool Wants(HttpRequestMessage request, HttpRequestOptionsKey<bool> option) =>
        request.Options.TryGetValue(option, out var wanted) && wanted;

    private static bool IsRedirect(HttpStatusCode status) =>
        status
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;
}
