using Decant.Engine.Planning;

namespace Decant.Engine.Tests.Recording;

/// <summary>Streams whose picture and sound are apart: DASH, and YouTube's fragments since the beginning.</summary>
public sealed class LiveDashTests(PlatformEngine platforms) : IClassFixture<PlatformEngine>, IDisposable
{
    private const string Watch = "https://www.youtube.com/watch?v=";
    private readonly string _recording = Directory.CreateTempSubdirectory("decant-recording-").FullName;
    private readonly string _work = Directory.CreateTempSubdirectory("decant-live-").FullName;
    private readonly CancellationTokenSource _close = new();

    [Theory]
    [InlineData("clock", "")]
    [InlineData("times", "?timeline=1")]
    public async Task A_stream_in_DASH_alone_is_recorded_from_now_until_it_ends(string name, string how)
    {
        var made = await RecordAsync(
            $"http://media.lab.example/live-dash/{name}/manifest.mpd{how}",
            progress: EndAfter(2, $"dash/{name}")
        );

        platforms.Lab.AssertAllIn($"dash/{name}", $"/live-dash/{name}/0/([0-9]+)[.]m4s", made);
        Assert.Equal(("mp4", "h264", "aac"), (made.Container.Name, made.VideoCodec, made.AudioCodec));
    }

    [Theory]
    [InlineData("clock-past", "")]
    [InlineData("times-past", "&timeline=1")]
    public async Task In_DASH_too_the_start_is_what_the_stream_still_has(string name, string how)
    {
        var made = await RecordAsync(
            $"http://media.lab.example/live-dash/{name}/manifest.mpd?dvr=1{how}",
            fromStart: true,
            progress: EndAfter(6, $"dash/{name}")
        );

        Assert.Equal(platforms.Lab.Live.SegmentsOf($"dash/{name}"), made.Duration.TotalSeconds, tolerance: 0.5);
    }

    [Fact]
    public async Task YouTubes_fragments_are_recorded_from_the_first_one_until_the_stream_is_over()
    {
        const string id = "livepast001";
        // Made before the clock runs.
        await platforms.Lab.Media.GetAsync("live-fragments", TestContext.Current.CancellationToken);
        platforms.Lab.Live.Begin($"youtube/{id}");

        var made = await RecordAsync(
            Watch + id,
            fromStart: true,
            // It began with five seconds behind it.
            progress: EndAfter(6, $"youtube/{id}")
        );

        Assert.Equal(("mp4", "h264", "aac"), (made.Container.Name, made.VideoCodec, made.AudioCodec));
        var asked = platforms.Lab.AskedFor($"id={id}&itag=133&.*&sq=([0-9]+)");
        Assert.Equal(Enumerable.Range(0, asked.Count), asked);
        Assert.InRange(made.Duration.TotalSeconds, asked.Count - 0.5, asked.Count + 0.5);
    }

    [Fact]
    public async Task A_recording_from_the_start_stops_at_what_was_wanted()
    {
        var made = await RecordAsync(Watch + "livepast002", fromStart: true, most: TimeSpan.FromSeconds(3));

        Assert.InRange(made.Duration.TotalSeconds, 2.8, 3.3);
    }

    [Fact]
    public async Task Closing_a_recording_from_the_start_keeps_picture_and_sound_of_one_length()
    {
        var close = new OnceRecorded(3, _close.Cancel);

        var made = await RecordAsync(Watch + "livepast003", fromStart: true, progress: close.See);

        // What was recorded by then, and nothing that was not asked for.
        var asked = platforms.Lab.AskedFor("id=livepast003&itag=133&.*&sq=([0-9]+)").Count;
        Assert.InRange(made.Duration.TotalSeconds, close.At!.Value.TotalSeconds - 0.5, asked + 0.5);
        Assert.Equal(("h264", "aac"), (made.VideoCodec, made.AudioCodec));
    }

    public void Dispose()
    {
        _close.Dispose();
        Directory.Delete(_recording, recursive: true);
        Directory.Delete(_work, recursive: true);
    }

    private Action<EngineProgress> EndAfter(double seconds, string stream) =>
        new OnceRecorded(seconds, () => platforms.Lab.Live.End(stream)).See;

    private Task<ExtractionResult> RecordAsync(
        string url,
        bool fromStart = false,
        TimeSpan? most = null,
        Action<EngineProgress>? progress = null
    ) =>
        platforms.Engine.RecordAsync(
            new Uri(url),
            OutputRequest.Parse("mp4", null, false, null),
            new RecordingRequest
            {
                Directory = _recording,
                MaxDuration = most ?? TimeSpan.FromMinutes(1),
                FromStart = fromStart,
            },
            _work,
            new DirectProgress<EngineProgress>(progress ?? (_ => { })),
            _close.Token,
            TestContext.Current.CancellationToken
        );
}
