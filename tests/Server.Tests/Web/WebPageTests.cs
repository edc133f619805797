using System.Net;
using System.Net.Http.Headers;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Web;

/// <summary>The page as the server sends it, with a built page of a few files in place of the real one.</summary>
public sealed class WebPageTests(WebPageServer on) : IClassFixture<WebPageServer>
{
    private readonly HttpClient _http = on.Server.Public;

    [Theory]
    [InlineData("/")]
    [InlineData("/library")]
    [InlineData("/settings/keys?tab=1")]
    public async Task A_room_of_the_page_is_its_document(string path)
    {
        using var answer = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        Assert.Contains("<title>Decant", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_may_run_in_the_page_but_its_own_files()
    {
        using var answer = await _http.GetAsync("/");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.NotEmpty(Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip;q=0, br;q=0", null)]
    [InlineData("", null)]
    public async Task A_file_comes_in_the_best_encoding_that_the_browser_takes(string accepted, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-abc123.js");
        if (accepted.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        }

        using var answer = await _http.SendAsync(request);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(WebPageServer.Script(encoding), await answer.Content.ReadAsStringAsync());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_has_the_document_is_told_so()
    {
        using var first = await _http.GetAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/")
        {
            Headers = { IfNoneMatch = { first.Headers.ETag! } },
        };

        using var second = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/nothing")]
    [InlineData("/download/nothing")]
    [InlineData("/assets/gone-123.js")]
    public async Task An_unknown_address_that_is_no_room_is_a_problem_document(string path)
    {
        using var answer = await _http.GetAsync(path);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden);
        Assert.Equal(
            new MediaTypeHeaderValue("application/problem+json").MediaType,
            answer.Content.Headers.ContentType!.MediaType
        );
    }

    [Fact]
    public async Task Without_a_built_page_a_plain_one_says_what_this_is()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Web:Folder=/nonexistent");

        var text = await server.Public.GetStringAsync("/");

        Assert.Contains("href=\"/docs\"", text, StringComparison.Ordinal);
        await (await server.Public.GetAsync("/library")).ReadProblemAsync(404, "not_found");
    }
}
