using Decant.Client;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Client;

/// <summary>Clients of the package, for servers under test.</summary>
internal static class Clients
{
    /// <summary>The administrator's.</summary>
    public static DecantClient NewDecantClient(this DecantServer server) =>
        new(server.Http.BaseAddress!, DecantCredential.ApiKey(DecantServer.Key));

    /// <summary>The administrator's, with something between.</summary>
    public static DecantClient NewDecantClient(this DecantServer server, DelegatingHandler between)
    {
        between.InnerHandler = new SocketsHttpHandler();
        return new DecantClient(
            server.Http.BaseAddress!,
            DecantCredential.ApiKey(DecantServer.Key),
            new HttpClient(between)
        );
    }

    /// <summary>Of the account whose key this sends.</summary>
    public static DecantClient NewDecantClient(this HttpClient account) =>
        new(
            account.BaseAddress!,
            DecantCredential.ApiKey(account.DefaultRequestHeaders.GetValues("X-API-Key").Single())
        );
}

/// <summary>Tells what is reported there and then.</summary>
internal sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}

/// <summary>Something between client and server that answers some requests itself.</summary>
internal sealed class Between(
    Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> answer
) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) => answer(request, () => base.SendAsync(request, cancellationToken));
}
