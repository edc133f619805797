using System.Diagnostics.Metrics;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;
using Decant.Lab.Serving;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>What each platform of the lab refuses, in its own way, and the code that each refusal has.</summary>
public sealed class PlatformFailureTests(ExtractorFixture fixture) : IClassFixture<ExtractorFixture>
{
    private const string YouTube = "https://www.youtube.com/watch?v=";
    private const string TikTok = "https://www.tiktok.com/@decantlab/video/";
    private const string Instagram = "https://www.instagram.com/p/";
    private const string Vimeo = "https://vimeo.com/";
    private const string X = "https://x.com/decantlab/status/";
    private const string Facebook = "https://www.facebook.com/decantlab/videos/";

    [Theory]
    [InlineData("private", YouTube + "private0001", "private_content")]
    [InlineData("deleted", YouTube + "deleted0001", "content_not_found")]
    [InlineData("age-restricted", YouTube + "agelimit001", "age_restricted")]
    [InlineData("region-locked", YouTube + "regionlock1", "geo_blocked")]
    [InlineData("for members", YouTube + "members0001", "login_required")]
    [InlineData("not begun", YouTube + "upcoming001", "not_started")]
    [InlineData("bot check", YouTube + "botcheck001", "source_blocked")]
    [InlineData("rate limit", YouTube + "ratelimit01", "source_rate_limited")]
    [InlineData("DRM", YouTube + "drmlocked01", "drm_protected")]
    [InlineData("cut short", YouTube + "dQw4", "invalid_url")]
    [InlineData("no such list", "https://www.youtube.com/playlist?list=PLdecant-lab-none", "content_not_found")]
    [InlineData("private post", TikTok + "7000000000000000001", "private_content")]
    [InlineData("private account", TikTok + "7000000000000000002", "private_content")]
    [InlineData("removed", TikTok + "7000000000000000003", "content_not_found")]
    [InlineData("address blocked", TikTok + "7000000000000000004", "source_blocked")]
    [InlineData("login wall", TikTok + "7000000000000000005", "login_required")]
    [InlineData("private", Instagram + "Cprivate001abcdefghijklmnopqrstuvwxyz01/", "private_content")]
    [InlineData("deleted", Instagram + "Cdeleted001/", "content_not_found")]
    [InlineData("gated", Instagram + "Cgated00001/", "login_required")]
    [InlineData("age-restricted", Instagram + "Cagelimit01/", "age_restricted")]
    [InlineData("region-locked", Instagram + "Cregion0001/", "geo_blocked")]
    [InlineData("login wall", Instagram + "Cloginwall1/", "source_rate_limited")]
    [InlineData("rate limit", Instagram + "Cratelimit1/", "source_rate_limited")]
    [InlineData("bot check", Instagram + "Cbotcheck01/", "source_blocked")]
    [InlineData("no video in it", Instagram + "Cphotoonly1/", "content_not_found")]
    [InlineData("for members", "https://www.instagram.com/stories/decantlab/123/", "login_required")]
    [InlineData("unsupported", "https://www.instagram.com/decantlab/", "unsupported_url")]
    [InlineData("password", Vimeo + "700000001", "private_content")]
    [InlineData("deleted", Vimeo + "700000002", "content_not_found")]
    [InlineData("embedded only", Vimeo + "700000003", "private_content")]
    [InlineData("bot check", Vimeo + "700000004", "source_blocked")]
    [InlineData("not begun", Vimeo + "700000005", "not_started")]
    [InlineData("changed", Vimeo + "700000006", "source_failed")]
    [InlineData("paid", Vimeo + "ondemand/labfilm", "login_required")]
    [InlineData("rate limit", Vimeo + "showcase/70000429", "source_rate_limited")]
    [InlineData("password", Vimeo + "showcase/70000403", "private_content")]
    [InlineData("no such list", Vimeo + "showcase/7999999", "content_not_found")]
    [InlineData("unsupported", Vimeo + "blog/post/lab", "unsupported_url")]
    [InlineData("protected", X + "1700000000000000001", "private_content")]
    [InlineData("deleted", X + "1700000000000000002", "content_not_found")]
    [InlineData("NSFW", X + "1700000000000000003", "age_restricted")]
    [InlineData("age-restricted", X + "1700000000000000004", "age_restricted")]
    [InlineData("withheld", X + "1700000000000000005", "geo_blocked")]
    [InlineData("for subscribers", X + "1700000000000000006", "login_required")]
    [InlineData("account suspended", X + "1700000000000000007", "content_not_found")]
    [InlineData("rate limit", X + "1700000000000000008", "source_rate_limited")]
    [InlineData("no video in it", X + "1700000000000000009", "content_not_found")]
    [InlineData("changed", X + "1700000000000000010", "source_failed")]
    [InlineData("unsupported", "https://x.com/decantlab", "unsupported_url")]
    [InlineData("unavailable", Facebook + "700000000000001", "content_not_found")]
    [InlineData("login wall", Facebook + "700000000000002", "login_required")]
    [InlineData("age-restricted", Facebook + "700000000000003", "age_restricted")]
    [InlineData("region-locked", Facebook + "700000000000004", "geo_blocked")]
    [InlineData("for members", Facebook + "700000000000005", "login_required")]
    [InlineData("rate limit", Facebook + "700000000000006", "source_rate_limited")]
    [InlineData("bot check", Facebook + "700000000000007", "source_blocked")]
    [InlineData("changed", Facebook + "700000000000008", "source_failed")]
    [InlineData("unsupported", "https://www.facebook.com/decantlab", "unsupported_url")]
    [InlineData("DRM", "https://open.spotify.com/track/4cOdK2wGLETKBW3PvgPWqT", "drm_protected")]
    public async Task What_a_platform_refuses_has_a_code(string why, string url, string code)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(url));
        Assert.Equal((why, code, failure.Message), (why, failure.Error.Code, failure.Message));
    }

    /// <summary>What the whole site answers when it takes the server for a robot, or has changed, is the same at every address.</summary>
    [Theory]
    [InlineData("/1.1/guest/activate.json", 403, X + "1712345678901234567", "source_blocked")]
    [InlineData("/", 200, Instagram + "CdecantLab1/", "source_failed")]
    [InlineData("/", 429, Instagram + "CdecantLab1/", "source_rate_limited")]
    [InlineData("/@decantlab/video/7123456789012345678", 200, TikTok + "7123456789012345678", "source_failed")]
    [InlineData("/@decantlab/video/7123456789012345678", 429, TikTok + "7123456789012345678", "source_rate_limited")]
    public async Task What_a_whole_site_refuses_has_a_code(string path, int status, string url, string code)
    {
        fixture.Lab.Faults.Script(path, Fault.Status(status), times: 1);
        var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(url));
        Assert.Equal((code, failure.Message), (failure.Error.Code, failure.Message));
    }

    [Fact]
    public async Task A_page_that_has_changed_is_counted_for_its_platform_and_may_be_tried_again()
    {
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Meter.Name == LookUpFailures.MeterName && instrument.Name == LookUpFailures.CounterName)
            {
                me.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
            {
                var tally = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
                if (tally["platform"] is "facebook" && tally["code"] is "source_failed")
                {
                    Interlocked.Add(ref counted, count);
                }
            }
        );
        listener.Start();

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            InspectAsync("https://m.facebook.com/watch/?v=700000000000008")
        );

        Assert.True(failure.Error.Retryable);
        Assert.Contains("a newer yt-dlp may", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, counted);
    }

    private Task<MediaInfo> InspectAsync(string url) =>
        fixture.Extractor.InspectAsync(SourceUrl.Parse(url), new InspectOptions(), default);
}
