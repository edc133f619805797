using System.Net;
using Decant.Engine.Errors;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Egress;

public sealed class EgressGateTests
{
    [Fact]
    public async Task An_address_outside_is_reached()
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("hello"));
        await using var gate = Gates.Open();
        Assert.Equal("hello", await gate.Http.GetStringAsync(origin.Url));
    }

    [Fact]
    public async Task An_address_inside_is_refused_before_a_connection_is_made()
    {
        await using var inside = await Origin.StartAsync(context => context.Response.WriteAsync("secret"), "127.0.0.2");
        await using var gate = Gates.Open();
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.Http.GetStringAsync(inside.Url));
        Assert.Equal(MediaError.BlockedAddress, error.Error);
        Assert.Equal(0, inside.Hits);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_an_address_inside_is_refused(int status)
    {
        await using var inside = await Origin.StartAsync(context => context.Response.WriteAsync("secret"), "127.0.0.2");
        await using var origin = await Origin.StartAsync(context => Redirect(context, status, inside.Url.ToString()));
        await using var gate = Gates.Open();
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.Http.GetStringAsync(origin.Url));
        Assert.Equal(MediaError.BlockedAddress, error.Error);
        Assert.Equal((1, 0), (origin.Hits, inside.Hits));
    }

    [Fact]
    public async Task A_redirect_to_a_file_is_refused()
    {
        await using var origin = await Origin.StartAsync(context => Redirect(context, 302, "file:///etc/passwd"));
        await using var gate = Gates.Open();
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.Http.GetStringAsync(origin.Url));
        Assert.Equal(MediaError.BlockedAddress, error.Error);
    }

    [Fact]
    public async Task Redirects_without_end_are_source_failed()
    {
        await using var origin = await Origin.StartAsync(context => Redirect(context, 302, "/again"));
        await using var gate = Gates.Open();
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.Http.GetStringAsync(origin.Url));
        Assert.Equal(MediaError.SourceFailed, error.Error);
        Assert.Equal(11, origin.Hits);
    }

    [Fact]
    public async Task Credentials_do_not_follow_a_redirect_to_another_origin()
    {
        await using var other = await Origin.StartAsync(context =>
            context.Response.WriteAsync(
                $"{context.Request.Headers.Cookie}{context.Request.Headers.Authorization}{context.Request.Headers["X-Kept"]}"
            )
        );
        await using var origin = await Origin.StartAsync(context =>
            context.Request.Path == "/here"
                ? context.Response.WriteAsync($"{context.Request.Headers.Cookie}")
                : Redirect(context, 302, context.Request.Path == "/near" ? "/here" : other.Url.ToString())
        );
        await using var gate = Gates.Open();
        Assert.Equal("kept", await SendAsync(origin.Url));
        Assert.Equal("a=b", await SendAsync(new Uri(origin.Url, "/near")));

        async Task<string> SendAsync(Uri url)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Add("Cookie", "a=b");
            request.Headers.Add("Authorization", "Bearer x");
            request.Headers.Add("X-Kept", "kept");
            using var response = await gate.Http.SendAsync(request);
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Theory]
    [InlineData("a\r\nEvil: b")]
    [InlineData("a\nEvil: b")]
    [InlineData("a\r\n\r\nGET /second HTTP/1.1")]
    [InlineData("a\0b")]
    public async Task A_header_that_would_smuggle_another_is_not_sent(string value)
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("hello"));
        await using var gate = Gates.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, origin.Url);
        request.Headers.TryAddWithoutValidation("X-Site", value);
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.Http.SendAsync(request));
        Assert.Equal(MediaError.SourceFailed, error.Error);
        Assert.Equal(0, origin.Hits);
    }

    [Fact]
    public async Task A_name_that_resolves_inside_is_refused_by_every_address_it_has()
    {
        await using var inside = await Origin.StartAsync(context => context.Response.WriteAsync("secret"), "127.0.0.2");
        await using var gate = Gates.OpenResolving(_ => ["127.0.0.2", "10.0.0.1", "::ffff:127.0.0.2"]);
        var url = new Uri($"http://media.example:{inside.Url.Port}/");
        var refused = await Assert.ThrowsAsync<MediaException>(() => gate.EnsureAllowedAsync(url, default));
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.Http.GetStringAsync(url));
        Assert.Equal((MediaError.BlockedAddress, MediaError.BlockedAddress), (refused.Error, error.Error));
        Assert.Contains("media.example", error.Message);
        Assert.DoesNotContain("127.0.0.2", error.Message);
        Assert.Equal(0, inside.Hits);
    }

    [Fact]
    public async Task A_name_rebound_between_look_ups_is_checked_at_the_one_that_connects()
    {
        await using var inside = await Origin.StartAsync(context => context.Response.WriteAsync("secret"), "127.0.0.2");
        var lookUps = 0;
        await using var gate = Gates.OpenResolving(_ => [lookUps++ == 0 ? "127.0.0.1" : "127.0.0.2"]);
        var url = new Uri($"http://media.example:{inside.Url.Port}/");
        await gate.EnsureAllowedAsync(url, default);
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.Http.GetStringAsync(url));
        Assert.Equal(MediaError.BlockedAddress, error.Error);
        Assert.Equal((2, 0), (lookUps, inside.Hits));
    }

    [Fact]
    public async Task Of_a_name_with_addresses_inside_and_outside_only_those_outside_are_tried()
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("outside"));
        await using var gate = Gates.OpenResolving(_ => ["127.0.0.2", "127.0.0.1"]);
        Assert.Equal("outside", await gate.Http.GetStringAsync(new Uri($"http://media.example:{origin.Url.Port}/")));
    }

    [Fact]
    public async Task An_address_nobody_answers_on_gives_way_to_the_next()
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("second"));
        await using var gate = Gates.OpenResolving(
            _ => ["127.0.0.3", "127.0.0.1"],
            new EgressOptions { AllowedNetworks = ["127.0.0.0/8"] }
        );
        Assert.Equal("second", await gate.Http.GetStringAsync(new Uri($"http://media.example:{origin.Url.Port}/")));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_source_failed()
    {
        await using var gate = Gates.Open();
        var url = new Uri("http://nowhere.invalid/");
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.EnsureAllowedAsync(url, default));
        Assert.Equal(MediaError.SourceFailed, error.Error);
        Assert.Contains("nowhere.invalid", error.Message);
    }

    [Fact]
    public async Task A_port_nobody_listens_on_is_source_failed()
    {
        var origin = await Origin.StartAsync(_ => Task.CompletedTask);
        await origin.DisposeAsync();
        await using var gate = Gates.Open();
        var error = await Assert.ThrowsAsync<MediaException>(() => gate.Http.GetStringAsync(origin.Url));
        Assert.Equal(MediaError.SourceFailed, error.Error);
    }

    [Fact]
    public async Task Localhost_is_reached_where_its_address_is_allowed()
    {
        await using var origin = await Origin.StartAsync(context => context.Response.WriteAsync("hello"));
        await using var gate = Gates.Open();
        Assert.Equal("hello", await gate.Http.GetStringAsync(new Uri($"http://localhost:{origin.Url.Port}/")));
    }

    private static Task Redirect(HttpContext context, int status, string location)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
