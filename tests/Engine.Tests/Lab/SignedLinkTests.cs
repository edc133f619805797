using System.Net;

namespace Decant.Engine.Tests.Lab;

/// <summary>The lab's CDNs hand nothing to a link that was made up, changed or kept too long.</summary>
public sealed class SignedLinkTests(LabFixture fixture)
{
    [Theory]
    [InlineData("https://www.instagram.com/p/CdecantLab1/", "oh=")]
    [InlineData("https://www.facebook.com/watch/?v=712345678901234", "oh=")]
    [InlineData("https://www.facebook.com/watch/?v=712345678901234", "oe=")]
    [InlineData("https://player.vimeo.com/video/712345678", "hmac=")]
    [InlineData("https://player.vimeo.com/video/712345678", "exp=")]
    public async Task A_link_that_was_changed_is_refused(string page, string part)
    {
        var (output, errors) = await YtDlpCommand.RunAsync(fixture.Lab, "--print", "url", "-f", "ba[ext=m4a]", page);
        var link = output.Trim();
        Assert.True(link.Contains(part, StringComparison.Ordinal), link + errors);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(link));
        var place = link.IndexOf(part, StringComparison.Ordinal) + part.Length;
        var other = link[place] == '1' ? '2' : '1';
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync($"{link[..place]}{other}{link[(place + 1)..]}"));
    }

    private async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, url);
        using var answer = await fixture.Proxied.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
