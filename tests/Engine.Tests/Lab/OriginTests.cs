using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Decant.Lab;
using Decant.Lab.Serving;

namespace Decant.Engine.Tests.Lab;

public sealed class OriginTests(LabFixture fixture)
{
    [Fact]
    public async Task A_file_is_served_whole_as_the_catalogue_describes_it()
    {
        var file = await fixture.Lab.Media.GetAsync("small.mp4", TestContext.Current.CancellationToken);

        var bytes = await fixture.Direct.GetByteArrayAsync("media/small.mp4");

        Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(("h264", "aac", 1280, 720), (file.VideoCodec, file.AudioCodec, file.Width, file.Height));
        Assert.InRange(file.Length, 2_600_000, 2_800_000);
    }

    [Fact]
    public async Task A_range_is_honoured_while_the_file_is_the_same_and_not_after()
    {
        using var first = await fixture.Direct.SendAsync(Ranged(null));
        using var same = await fixture.Direct.SendAsync(Ranged(first.Headers.ETag));
        using var other = await fixture.Direct.SendAsync(Ranged(new EntityTagHeaderValue("\"another\"")));

        Assert.Equal(
            [HttpStatusCode.PartialContent, HttpStatusCode.PartialContent, HttpStatusCode.OK],
            [first.StatusCode, same.StatusCode, other.StatusCode]
        );
        Assert.Equal(100, first.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_connection_gets_no_more_than_its_rate()
    {
        var length = (await fixture.Direct.GetByteArrayAsync("media/thumb-120x90.jpg")).Length;
        var watch = Stopwatch.StartNew();

        await fixture.Direct.GetByteArrayAsync($"paced/{length * 4}/50/media/thumb-120x90.jpg");

        // A quarter of a second for the bytes and fifty milliseconds of latency; timers may be a little early.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.28, 30);
    }

    [Fact]
    public async Task A_scripted_fault_strikes_as_often_as_told_and_every_request_is_written_down()
    {
        const string Path = "/media/audio.m4a";
        await using var lab = await LabInternet.StartAsync(new LabOptions(), TestContext.Current.CancellationToken);
        lab.Faults.Script(Path, Fault.Status(503), times: 2);

        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var answer = await fixture.Direct.GetAsync(new Uri(lab.Origin, Path));
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(
            [HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK],
            answers
        );
        Assert.Equal(3, lab.Requests.Hits(Path));
    }

    [Theory]
    [InlineData("cut/small.mp4")]
    [InlineData("reset/small.mp4")]
    public async Task A_body_cut_short_is_noticed_by_who_reads_it(string path) =>
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => fixture.Direct.GetByteArrayAsync(path));

    [Fact]
    public async Task A_live_stream_moves_on_and_ends_when_told()
    {
        var before = await fixture.Direct.GetStringAsync("live/a-test/index.m3u8");
        fixture.Lab.Live.End("a-test");
        var after = await fixture.Direct.GetStringAsync("live/a-test/index.m3u8");

        Assert.DoesNotContain("#EXT-X-ENDLIST", before, StringComparison.Ordinal);
        Assert.Contains("#EXT-X-ENDLIST", after, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Ranged(EntityTagHeaderValue? ifRange) =>
        new(HttpMethod.Get, "media/small.mp4")
        {
            Headers =
            {
                Range = new RangeHeaderValue(100, 199),
                IfRange = ifRange is null ? null : new RangeConditionHeaderValue(ifRange),
            },
        };
}
