using System.Security.Cryptography;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Fetching;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting.YtDlp;

public sealed class DownloadTests(ExtractorFixture fixture) : IClassFixture<ExtractorFixture>, IDisposable
{
    private const long Plenty = 1L << 30;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("decant-test-");

    private string Target => Path.Combine(_directory.FullName, "source.bin");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_plain_file_arrives_byte_for_byte_with_its_progress()
    {
        var reports = new Reports();
        await DownloadAsync("/media/small.mp4", reports: reports);
        var media = await fixture.Lab.Media.GetAsync("small.mp4", default);
        Assert.Equal(await HashAsync(media.Path), await HashAsync(Target));
        Assert.NotEmpty(reports.All);
        Assert.All(reports.All, report => Assert.Equal(new FileInfo(media.Path).Length, report.Total));
    }

    [Theory]
    [InlineData("/media/hls-ts/master.m3u8")]
    [InlineData("/media/hls-aes/index.m3u8")]
    public async Task A_stream_of_segments_becomes_one_readable_file(string path)
    {
        await DownloadAsync(path);
        await using var file = File.OpenRead(Target);
        var packet = new byte[188];
        while (await file.ReadAtLeastAsync(packet, packet.Length, throwOnEndOfStream: false) is > 0 and var read)
        {
            Assert.Equal((188, (byte)0x47), (read, packet[0]));
        }

        Assert.InRange(file.Length, 100_000, Plenty);
        Assert.Equal(["source.bin"], Left());
    }

    [Theory]
    [InlineData("/cut/small.mp4", "source_failed")]
    [InlineData("/reset/small.mp4", "source_failed")]
    [InlineData("/status/500", "source_failed")]
    [InlineData("/status/404", "content_not_found")]
    [InlineData("/empty/video.mp4", "source_failed")]
    [InlineData("/endless/body.mp4", "too_large")]
    [InlineData("/inward/redirect/video.mp4", "blocked_address")]
    public async Task A_failed_download_says_why_and_leaves_nothing(string path, string code)
    {
        var raw = $$"""{"format_id": "0", "protocol": "https", "ext": "mp4", "url": "{{fixture.On(path)}}"}""";
        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            DownloadAsync(Format(raw), maxBytes: 20 << 20, new Reports())
        );
        Assert.Equal(code, failure.Error.Code);
        Assert.Empty(Left());
    }

    [Theory]
    [InlineData("/inward/segment/index.m3u8")]
    [InlineData("/inward/key/index.m3u8")]
    [InlineData("/inward/map/index.m3u8")]
    public async Task A_manifest_that_points_inwards_is_refused_and_reaches_nothing(string path)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => DownloadAsync(path));
        Assert.Equal(MediaError.BlockedAddress, failure.Error);
        Assert.Equal(0, fixture.Lab.InternalService.Hits);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task A_missing_segment_is_a_failure_and_not_a_shorter_file()
    {
        var stream = await BestAsync("/media/hls-ts/240p/index.m3u8");
        fixture.Lab.Faults.Script("/media/hls-ts/240p/seg001.ts", Decant.Lab.Serving.Fault.Status(404), times: 100);
        var failure = await Assert.ThrowsAsync<MediaException>(() => DownloadAsync(stream, Plenty, new Reports()));
        Assert.Equal(MediaError.SourceFailed, failure.Error);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task A_stream_larger_than_allowed_is_too_large()
    {
        var stream = await BestAsync("/media/hls-ts/master.m3u8");
        var failure = await Assert.ThrowsAsync<MediaException>(() => DownloadAsync(stream, 200_000, new Reports()));
        Assert.Equal(MediaError.TooLarge, failure.Error);
        Assert.Empty(Left());
    }

    [Theory]
    [InlineData("""{"format_id": "0", "protocol": "rtmp", "ext": "flv", "url": "rtmp://media.example/live"}""")]
    [InlineData(
        """{"format_id": "0", "protocol": "m3u8_native", "ext": "mp4", "is_live": true, "url": "https://media.example/i.m3u8"}"""
    )]
    public async Task What_only_another_program_could_fetch_is_refused(string raw)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => DownloadAsync(Format(raw), Plenty, new Reports()));
        Assert.Equal(MediaError.UnsupportedUrl, failure.Error);
    }

    [Fact]
    public async Task A_cancelled_download_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        var raw =
            $$"""{"format_id": "0", "protocol": "https", "ext": "mp4", "url": "{{fixture.On("/endless/body.mp4")}}"}""";
        var reports = new Reports();
        var download = fixture.Extractor.DownloadAsync(Format(raw), Target, Plenty, reports, cancellation.Token);
        await reports.First;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        Assert.Empty(Left());
    }

    private async Task DownloadAsync(string path, Reports? reports = null) =>
        await DownloadAsync(await BestAsync(path), Plenty, reports ?? new Reports());

    private Task DownloadAsync(SourceFormat format, long maxBytes, Reports reports) =>
        fixture.Extractor.DownloadAsync(format, Target, maxBytes, reports, default);

    private async Task<SourceFormat> BestAsync(string path) =>
        (await fixture.Extractor.InspectAsync(fixture.On(path), new InspectOptions(), default)).Formats[^1];

    private static SourceFormat Format(string raw)
    {
        var element = System.Text.Json.JsonDocument.Parse(raw).RootElement;
        return Decant.Engine.Extracting.YtDlp.FormatMapping.Map(element, null)!;
    }

    private IEnumerable<string> Left() => _directory.EnumerateFileSystemInfos().Select(entry => entry.Name);

    private static async Task<string> HashAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
    }

    private sealed class Reports : IProgress<FetchProgress>
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<FetchProgress> _all = [];

        public Task First => _first.Task;
        public IReadOnlyList<FetchProgress> All => _all;

        public void Report(FetchProgress value)
        {
            _all.Add(value);
            _first.TrySetResult();
        }
    }
}
