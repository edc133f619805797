using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Extracting.YtDlp;

namespace Decant.Engine.Tests.Children.Sandbox;

/// <summary>
/// An extractor that a page has taken over, and that looks through all of its own memory: what it began with is a copy of its
/// parent's. The sandbox is left out, so that it can; what is not there need not be kept from it.
/// </summary>
public sealed class EarlierCookiesTests(ExtractorFixture fixture) : IClassFixture<ExtractorFixture>
{
    /// <summary>Prints how many different cookies of the test are there. The pattern itself is none.</summary>
    private const string Look = """
        import ctypes, re
        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
        seen = set()
        with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', 0) as memory:
            for line in maps.readlines():
                places, rights = line.split()[:2]
                if 'rw' not in rights:
                    continue
                start, end = (int(place, 16) for place in places.split('-'))
                try:
                    memory.seek(start)
                    while start < end and (part := memory.read(min(end - start, 1 << 22))):
                        seen.update(re.findall(rb'cookie-of-[a-z]+-\d{20}', part))
                        start += len(part)
                except (OSError, ValueError):
                    pass
        said = ' '.join(sorted(one.decode() for one in seen)) or 'nothing'
        """;

    [Fact]
    public async Task A_look_up_finds_no_cookie_of_an_earlier_one_in_its_memory()
    {
        using var copy = new ExtractorCopy("2099.1.2");
        copy.TakeOver(Look);
        await using var extractor = fixture.Create(
            new EngineOptions
            {
                ExtractorFolder = copy.Folder,
                Sandbox = new SandboxOptions { LeftOut = SandboxLayers.All },
                JavaScript = new JavaScriptOptions { Runtime = "/usr/bin/false" },
            }
        );

        var own = await LookAsync(extractor, "ada");
        for (var other = 0; other < 4; other++)
        {
            await LookAsync(extractor, "bob");
        }

        var strangers = await LookAsync(extractor, account: null);

        // Its own it has to have, or this test could not see others'.
        Assert.Equal("cookie-of-ada-01234567890123456789", own);
        Assert.Equal("nothing", strangers);
    }

    private async Task<string?> LookAsync(Extractor extractor, string? account)
    {
        var url = fixture.On("media/small.mp4");
        SourceCookie[] cookies =
        [
            new(url.Host, "/", "session", $"cookie-of-{account}-01234567890123456789", Secure: false),
        ];
        var info = await extractor.InspectAsync(
            new SourcePage(url) { Identity = account is null ? null : new SourceIdentity(account, cookies) },
            new InspectOptions(),
            TestContext.Current.CancellationToken
        );
        return info.Title;
    }
}
