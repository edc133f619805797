using System.Net;
using System.Security.Cryptography;
using Decant.Engine.Egress;
using Decant.Engine.Tests.Fetching;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Egress;

public sealed class EgressLeaseTests
{
    private static readonly EgressLimits Wide = new(1L << 30, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_child_fetches_over_http_and_https_byte_for_byte()
    {
        var body = RandomNumberGenerator.GetBytes(3_000_000);
        using var authority = new TestAuthority();
        await using var plain = await Origin.StartAsync(context => context.Response.Body.WriteAsync(body).AsTask());
        await using var secure = await Origin.StartAsync(
            context => context.Response.Body.WriteAsync(body).AsTask(),
            certificate: authority.Issue("127.0.0.1")
        );
        await using var gate = Gates.Open(
            new EgressOptions { AllowedNetworks = ["127.0.0.1/32"], CaFile = authority.PemPath }
        );
        using var lease = gate.OpenLease(Wide);
        var sum = Convert.ToHexStringLower(SHA256.HashData(body));
        await gate.CaBundleWritten;
        Assert.Equal(sum, await Python.FetchAsync(lease, plain.Url, gate.CaBundle));
        Assert.Equal(sum, await Python.FetchAsync(lease, secure.Url, gate.CaBundle));
        Assert.InRange(lease.BytesReceived, 2 * body.Length, 2 * body.Length + 20_000);
        Assert.Null(lease.Denial);
    }

    [Fact]
    public async Task A_childs_post_arrives_whole_and_its_connection_fields_stay_behind()
    {
        await using var origin = await Origin.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var text = await reader.ReadToEndAsync();
            var names = string.Join(
                ',',
                context.Request.Headers.Keys.Where(name => name.StartsWith("Proxy", StringComparison.Ordinal))
            );
            await context.Response.WriteAsync(
                $"{context.Request.Host}|{context.Request.QueryString}|{text.Length}|{names}"
            );
        });
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(Wide);
        using var http = ClientOf(lease);
        using var content = new StringContent(new string('x', 300_000));
        using var response = await http.PostAsync(new Uri(origin.Url, "/a?sig=%2F%7e"), content);
        Assert.Equal(
            $"127.0.0.1:{origin.Url.Port}|?sig=%2F~|300000|",
            (await response.Content.ReadAsStringAsync()).Replace("%7e", "~", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_child_is_refused_an_address_inside_and_the_refusal_is_kept(string scheme)
    {
        await using var inside = await Origin.StartAsync(context => context.Response.WriteAsync("secret"), "127.0.0.2");
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(Wide);
        var said = await Python.FetchAsync(lease, new Uri($"{scheme}://127.0.0.2:{inside.Url.Port}/x?secret=1"), null);
        Assert.Contains("403", said);
        Assert.Equal("127.0.0.2", lease.Denial?.Host);
        Assert.DoesNotContain("secret", lease.Denial?.ToString());
        Assert.Equal(0, inside.Hits);
    }

    [Fact]
    public async Task A_redirect_inside_is_refused_to_a_child()
    {
        await using var inside = await Origin.StartAsync(context => context.Response.WriteAsync("secret"), "127.0.0.2");
        await using var origin = await Origin.StartAsync(context =>
        {
            context.Response.Redirect(inside.Url.ToString());
            return Task.CompletedTask;
        });
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(Wide);
        Assert.Contains("403", await Python.FetchAsync(lease, origin.Url, null));
        Assert.Equal((1, 0), (origin.Hits, inside.Hits));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_a_bad_gateway_and_no_denial()
    {
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(Wide);
        Assert.Contains("502", await Python.FetchAsync(lease, new Uri("http://nowhere.invalid/"), null));
        Assert.Contains("502", await Python.FetchAsync(lease, new Uri("https://nowhere.invalid/"), null));
        Assert.Null(lease.Denial);
    }

    [Fact]
    public async Task Without_the_leases_secret_nothing_goes_through()
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("hello"));
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(Wide);
        using var other = gate.OpenLease(Wide);
        var stolen = $"{lease.Proxy.UserInfo.Split(':')[0]}:{other.Proxy.UserInfo.Split(':')[1]}";
        foreach (var credentials in new[] { null, "nobody:x", stolen })
        {
            using var http = ClientOf(lease.Proxy, credentials);
            using var response = await http.GetAsync(origin.Url);
            Assert.Equal(HttpStatusCode.ProxyAuthenticationRequired, response.StatusCode);
        }
        Assert.Equal(0, origin.Hits);
    }

    [Fact]
    public async Task The_byte_limit_holds_over_all_connections_together_and_cuts_the_one_that_passes_it()
    {
        // The body ends with the connection: only a reset, not a plain close, tells the child that it is cut.
        var body = new byte[600_000];
        await using var origin = new RawOrigin(_ => new Reply("200 OK", body));
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(new EgressLimits(1_000_000, TimeSpan.FromMinutes(1)));
        using var http = ClientOf(lease);
        Assert.Equal(body.Length, (await http.GetByteArrayAsync(origin.Url)).Length);
        Assert.False(lease.LimitReached);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetByteArrayAsync(origin.Url));
        Assert.True(lease.LimitReached);
    }

    [Fact]
    public async Task Disposing_a_lease_closes_its_connections_and_its_door()
    {
        var reached = new TaskCompletionSource();
        await using var origin = await Origin.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var gate = Gates.Open();
        var lease = gate.OpenLease(Wide);
        using var http = ClientOf(lease);
        var body = http.GetByteArrayAsync(origin.Url);
        await reached.Task;
        lease.Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => body);
        using var after = await http.GetAsync(origin.Url);
        Assert.Equal(HttpStatusCode.ProxyAuthenticationRequired, after.StatusCode);
    }

    [Fact]
    public async Task A_lease_ends_when_its_time_is_up()
    {
        await using var origin = await Origin.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(new EgressLimits(1000, TimeSpan.FromMilliseconds(300)));
        using var http = ClientOf(lease);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetByteArrayAsync(origin.Url));
        Assert.False(lease.LimitReached);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", 400)]
    [InlineData("GET /relative HTTP/1.1\r\n{0}\r\n\r\n", 403)]
    [InlineData("GET https://127.0.0.1/ HTTP/1.1\r\n{0}\r\n\r\n", 403)]
    [InlineData("GET http://127.0.0.1:{1}/ HTTP/1.1\r\n{0}\r\nX : smuggled\r\n\r\n", 400)]
    [InlineData("GET http://127.0.0.1:{1}/ HTTP/1.1\r\n{0}\r\nX: a\r\n folded\r\n\r\n", 400)]
    [InlineData("GET http://127.0.0.1:{1}/ HTTP/1.1\r\n{0}\r\nX: a\nY: b\r\n\r\n", 400)]
    [InlineData("POST http://127.0.0.1:{1}/ HTTP/1.1\r\n{0}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [InlineData("POST http://127.0.0.1:{1}/ HTTP/1.1\r\n{0}\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST http://127.0.0.1:{1}/ HTTP/1.1\r\n{0}\r\nTransfer-Encoding: chunked\r\n\r\n", 411)]
    public async Task A_malformed_request_is_refused_and_goes_nowhere(string request, int status)
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("hello"));
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(Wide);
        var answer = await RawClient.AskAsync(
            lease,
            string.Format(request, RawClient.Authorization(lease), origin.Url.Port)
        );
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Equal(0, origin.Hits);
    }

    [Fact]
    public async Task A_head_without_end_is_refused()
    {
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(Wide);
        var endless = $"GET http://127.0.0.1/ HTTP/1.1\r\nX: {new string('x', 1 << 16)}";
        Assert.StartsWith("HTTP/1.1 400 ", await RawClient.AskAsync(lease, endless));
    }

    [Fact]
    public async Task A_second_request_on_the_same_connection_goes_nowhere()
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("hello"));
        await using var gate = Gates.Open();
        using var lease = gate.OpenLease(Wide);
        var request = $"GET http://127.0.0.1:{origin.Url.Port}/ HTTP/1.1\r\n{RawClient.Authorization(lease)}\r\n\r\n";
        var answer = await RawClient.AskAsync(lease, request + request);
        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.Equal(1, origin.Hits);
    }

    private static HttpClient ClientOf(EgressLease lease) => ClientOf(lease.Proxy, lease.Proxy.UserInfo);

    private static HttpClient ClientOf(Uri proxy, string? credentials)
    {
        var parts = credentials?.Split(':');
        return new HttpClient(
            new SocketsHttpHandler
            {
                Proxy = new WebProxy(new Uri($"http://{proxy.Authority}"))
                {
                    Credentials = parts is null ? null : new NetworkCredential(parts[0], parts[1]),
                },
            }
        );
    }
}
