using System.Net;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.OpenApi;

/// <summary>The document and its page as they are sent.</summary>
[Collection<OpenApiServer>]
public sealed class DocsPageTests(ServerOn<Sqlite> on)
{
    private readonly HttpClient _http = on.Server.Public;

    [Fact]
    public async Task There_is_a_page_to_try_it_and_nothing_of_it_comes_from_elsewhere()
    {
        var page = await _http.GetStringAsync("/docs/index.html");

        Assert.DoesNotContain("src=\"http", page);
        Assert.DoesNotContain("href=\"http", page);
        Assert.Contains("swagger-ui", page);
        // What runs inline could be somebody else's.
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_names_the_address_it_was_asked_at_and_is_sent_once()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiDocument.Path);
        request.Headers.Host = "media.example.org:8443";
        using var elsewhere = await _http.SendAsync(request);
        Assert.Equal(
            "http://media.example.org:8443",
            (string?)JsonNode.Parse(await elsewhere.Content.ReadAsStringAsync())!["servers"]![0]!["url"]
        );

        using var here = await _http.GetAsync(ApiDocument.Path);
        var text = await here.Content.ReadAsStringAsync();
        Assert.Equal(
            _http.BaseAddress!.GetLeftPart(UriPartial.Authority),
            (string?)JsonNode.Parse(text)!["servers"]![0]!["url"]
        );
        Assert.DoesNotContain("decant.invalid", text, StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, ApiDocument.Path)
        {
            Headers = { IfNoneMatch = { here.Headers.ETag! } },
        };
        Assert.Equal(HttpStatusCode.NotModified, (await _http.SendAsync(again)).StatusCode);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task The_document_comes_in_less_than_a_tenth_of_its_size(string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiDocument.Path)
        {
            Headers = { AcceptEncoding = { new(coding) } },
        };
        using var http = new HttpClient { BaseAddress = _http.BaseAddress };
        using var answer = await http.SendAsync(request);

        Assert.Equal(coding, Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 20_000, 65_000);
    }

    [Fact]
    public async Task Scripts_of_the_page_are_asked_for_once_and_may_reach_this_server_alone()
    {
        var page = await _http.GetAsync("/docs/index.html");
        var script = System.Text.RegularExpressions.Regex.Match(
            await page.Content.ReadAsStringAsync(),
            "swagger-ui-bundle\\.js\\?v=[0-9.]+",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        using var bundle = await _http.GetAsync($"/docs/{script.Value}");

        Assert.True(script.Success && bundle.IsSuccessStatusCode);
        Assert.True(bundle.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(30));
        Assert.StartsWith(
            "default-src 'none'; script-src 'self';",
            Assert.Single(page.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
    }
}
