using System.Diagnostics;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Lab.Serving;

namespace Decant.Engine.Tests.Recording;

[Long]
public sealed class RecordingTests(LabEngine lab) : IDisposable
{
    private readonly string _recording = Directory.CreateTempSubdirectory("decant-recording-").FullName;
    private readonly string _work = Directory.CreateTempSubdirectory("decant-live-").FullName;
    private readonly CancellationTokenSource _close = new();

    [Fact]
    public async Task A_stream_is_recorded_from_now_until_it_ends()
    {
        var made = await RecordAsync("live/until-end/index.m3u8?dvr=1", progress: EndAfter(2, "until-end"));

        // The recording begins with the last segment that the stream listed, and not with the first.
        Assert.True(lab.Lab.AskedFor("/live/until-end/([0-9]+)[.]ts").Min() > 0);
        lab.Lab.AssertAllIn("until-end", "/live/until-end/([0-9]+)[.]ts", made);
        Assert.Equal(("mp4", "h264", "aac"), (made.Container.Name, made.VideoCodec, made.AudioCodec));
        Assert.Empty(made.Gaps);
    }

    [Fact]
    public async Task A_recording_says_which_second_is_missing_in_it()
    {
        lab.Lab.Faults.Script("/live/hole/6.ts", Fault.Status(404), times: 10);

        var made = await RecordAsync("live/hole/index.m3u8?dvr=1", fromStart: true, progress: EndAfter(7.5, "hole"));

        var gap = Assert.Single(made.Gaps);
        Assert.Equal((6, 1), (gap.Start.TotalSeconds, gap.Duration?.TotalSeconds));
        lab.Lab.AssertAllIn("hole", "/live/hole/([0-9]+)[.]ts", made);
    }

    [Fact]
    public async Task A_recording_begun_anew_elsewhere_says_what_was_lost()
    {
        var earlier = new EarlierRuns(
            TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(60),
            TimeSpan.FromSeconds(50)
        );

        var made = await RecordAsync("live/elsewhere/index.m3u8", most: TimeSpan.FromSeconds(2), earlier: earlier);

        var gap = Assert.Single(made.Gaps);
        Assert.Equal(TimeSpan.Zero, gap.Start);
        Assert.InRange(gap.Duration!.Value.TotalSeconds, 58, 100);
    }

    [Fact]
    public async Task A_stream_that_was_recorded_elsewhere_and_is_over_is_not_whole_by_what_its_page_still_has()
    {
        var earlier = new EarlierRuns(
            TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(60),
            TimeSpan.FromSeconds(50)
        );

        var made = await RecordAsync("media/small.mp4", earlier: earlier);

        var gap = Assert.Single(made.Gaps);
        Assert.Equal(50, (gap.Duration + made.Duration)!.Value.TotalSeconds, tolerance: 0.01);
    }

    [Fact]
    public async Task From_the_start_takes_what_the_stream_still_lists()
    {
        var made = await RecordAsync(
            "live/from-start/index.m3u8?dvr=1",
            fromStart: true,
            progress: EndAfter(6, "from-start")
        );

        Assert.Equal(lab.Lab.Live.SegmentsOf("from-start"), made.Duration.TotalSeconds, tolerance: 0.5);
    }

    [Fact]
    public async Task No_more_is_recorded_than_was_wanted_to_a_part_of_a_second()
    {
        var made = await RecordAsync("live/at-most/index.m3u8", most: TimeSpan.FromSeconds(2.5));

        Assert.InRange(made.Duration.TotalSeconds, 2.4, 2.7);
    }

    [Fact]
    public async Task Closing_keeps_what_there_is_and_progress_says_how_much()
    {
        var seen = new List<EngineProgress>();
        var close = new OnceRecorded(2, _close.Cancel);

        var made = await RecordAsync(
            "live/closed/index.m3u8",
            progress: now =>
            {
                seen.Add(now);
                close.See(now);
            }
        );

        AssertKept(close, made);
        var recording = seen.Where(now => now.Stage == EngineStage.Recording).ToList();
        Assert.True(recording.Count >= 2);
        Assert.True(recording[^1].BytesFetched > recording[0].BytesFetched);
        Assert.Equal(seen.Select(now => now.Percent).Order(), seen.Select(now => now.Percent));
    }

    [Fact]
    public async Task A_recording_can_be_sound_alone()
    {
        var made = await RecordAsync("live/sound/index.m3u8", "mp3", TimeSpan.FromSeconds(2));

        Assert.Equal((null, "mp3"), (made.VideoCodec, made.AudioCodec));
        Assert.InRange(made.Duration.TotalSeconds, 1.9, 2.2);
    }

    [Fact]
    public async Task An_outage_is_survived_and_what_was_missed_is_caught_up_with()
    {
        const string list = "/live/outage/index.m3u8";
        var outage = new OnceRecorded(
            0.5,
            () =>
            {
                lab.Lab.Faults.Script(list, Fault.Status(503));
                lab.Lab.Faults.Script(list, Fault.Status(404), times: 2);
            }
        );

        // A list of all since the beginning: the outage may take longer than a window of segments.
        var made = await RecordAsync("live/outage/index.m3u8?dvr=1", progress: outage.See + EndAfter(5, "outage"));

        Assert.NotNull(outage.At);
        Assert.False(lab.Lab.Faults.IsWaiting(list));
        lab.Lab.AssertAllIn("outage", "/live/outage/([0-9]+)[.]ts", made);
        Assert.Empty(made.Gaps);
    }

    [Fact]
    public async Task What_was_recorded_of_a_stream_that_is_lost_is_delivered()
    {
        await using var engine = LabEngine.Create(new EngineOptions { LiveOutage = TimeSpan.FromSeconds(1.5) });
        var loss = new OnceRecorded(
            2,
            () => lab.Lab.Faults.Script("/live/lost/index.m3u8", Fault.Status(503), times: 50)
        );

        var made = await RecordAsync("live/lost/index.m3u8", engine: engine, progress: loss.See);

        AssertKept(loss, made);
        var gap = Assert.Single(made.Gaps);
        Assert.Null(gap.Duration);
        Assert.Equal(made.Duration.TotalSeconds, gap.Start.TotalSeconds, tolerance: 0.3);
    }

    [Fact]
    public async Task A_clock_that_starts_over_in_the_middle_leaves_one_file_that_plays_through()
    {
        var made = await RecordAsync("live/starts-over/index.m3u8?at=57&for=3&dvr=1", fromStart: true);

        Assert.InRange(made.Duration.TotalSeconds, 7.8, 9.2);
    }

    [Fact]
    public async Task A_recording_that_was_broken_off_is_gone_on_with()
    {
        await BreakOffAsync("live/broken-off/index.m3u8");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_work));
        // As a killed process leaves it: bytes that were never entered.
        var part = Path.Combine(_recording, "source-0", "part-00000");
        await File.AppendAllTextAsync(part, "half a segment");

        var made = await RecordAsync("live/broken-off/index.m3u8", most: TimeSpan.FromSeconds(4));

        Assert.InRange(made.Duration.TotalSeconds, 3.8, 4.2);
    }

    [Fact]
    public async Task A_recording_whose_page_is_gone_is_delivered_from_the_disk()
    {
        var brokenOff = await BreakOffAsync("live/gone/index.m3u8");
        lab.Lab.Faults.Script("/live/gone/index.m3u8", Fault.Status(404), times: 10);

        var made = await RecordAsync("live/gone/index.m3u8");

        AssertKept(brokenOff, made);
        Assert.Equal("index", made.Info.Title);
        Assert.Null(Assert.Single(made.Gaps).Duration);
    }

    [Fact]
    public async Task A_recording_closed_before_anything_came_says_so()
    {
        await _close.CancelAsync();

        var failure = await Assert.ThrowsAsync<MediaException>(() => RecordAsync("live/at-once/index.m3u8"));

        Assert.Equal(MediaError.ContentNotFound, failure.Error);
    }

    [Fact]
    public async Task What_has_ended_by_now_is_fetched_like_any_medium_and_cut_where_wanted()
    {
        var made = await RecordAsync("media/small.mp4", most: TimeSpan.FromSeconds(4));

        Assert.InRange(made.Duration.TotalSeconds, 3.8, 4.2);
    }

    public void Dispose()
    {
        _close.Dispose();
        Directory.Delete(_recording, recursive: true);
        Directory.Delete(_work, recursive: true);
    }

    private Action<EngineProgress> EndAfter(double seconds, string stream) =>
        new OnceRecorded(seconds, () => lab.Lab.Live.End(stream)).See;

    /// <summary>Breaks a recording off once two seconds of it are there.</summary>
    private async Task<OnceRecorded> BreakOffAsync(string path)
    {
        using var stop = new CancellationTokenSource();
        var brokenOff = new OnceRecorded(2, stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RecordAsync(path, progress: brokenOff.See, cancellationToken: stop.Token)
        );
        return brokenOff;
    }

    /// <summary>Holds that the file has all that was recorded when the recording stopped, and at most the window of segments under way.</summary>
    private static void AssertKept(OnceRecorded stop, ExtractionResult made)
    {
        var recorded = stop.At!.Value.TotalSeconds;
        Assert.InRange(made.Duration.TotalSeconds, recorded - 0.1, recorded + 5.2);
    }

    private Task<ExtractionResult> RecordAsync(
        string path,
        string format = "mp4",
        TimeSpan? most = null,
        bool fromStart = false,
        EarlierRuns? earlier = null,
        Action<EngineProgress>? progress = null,
        MediaEngine? engine = null,
        CancellationToken cancellationToken = default
    ) =>
        (engine ?? lab.Engine).RecordAsync(
            lab.At(path),
            OutputRequest.Parse(format, null, false, null),
            new RecordingRequest
            {
                Directory = _recording,
                MaxDuration = most ?? TimeSpan.FromMinutes(1),
                FromStart = fromStart,
                Earlier = earlier,
            },
            _work,
            new DirectProgress<EngineProgress>(progress ?? (_ => { })),
            _close.Token,
            cancellationToken
        );
}
