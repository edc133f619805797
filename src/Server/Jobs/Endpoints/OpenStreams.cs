using System.Net;
using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Endpoints;

/// <summary>Limit of the streams of events that an account, and an address, have open at once on this node: each lasts for hours.</summary>
internal sealed class OpenStreams(IOptions<JobsOptions> options) : IEndpointFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<ClientId, int> _open = [];

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Take(http, ClientId.Of(http.GetCaller().AccountId), options.Value.MaxStreamsPerAccount, "account");
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        Take(http, ClientId.Of(address), options.Value.MaxStreamsPerAddress, "address");
        return next(context);
    }

    private void Take(HttpContext http, ClientId client, int most, string whose)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(client);
            if (open >= most)
            {
                throw new ApiException(
                    ApiError.RateLimited,
                    $"{most} streams of events may be open at once from one {whose}; close one before the next."
                )
                {
                    RetryAfter = Pause,
                };
            }

            _open[client] = open + 1;
        }

        http.Response.RegisterForDispose(new Lease(this, client));
    }

    private void Leave(ClientId client)
    {
        lock (_lock)
        {
            if (--_open[client] == 0)
            {
                _open.Remove(client);
            }
        }
    }

    private sealed class Lease(OpenStreams streams, ClientId client) : IDisposable
    {
        public void Dispose() => streams.Leave(client);
    }
}
