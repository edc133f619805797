using System.Diagnostics;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting;

public sealed class InfoCacheTests
{
    private static readonly Uri Page = new("https://example.com/watch/1");
    private static readonly InspectOptions Options = new();

    private readonly ManualTime _time = new();
    private readonly InfoCache _cache;
    private int _lookUps;

    public InfoCacheTests() => _cache = new InfoCache(TimeSpan.FromSeconds(60), _time);

    [Fact]
    public async Task An_answer_serves_until_its_time_is_over()
    {
        var first = await GetAsync();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Same(first, await GetAsync());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotSame(first, await GetAsync());
        Assert.Equal(2, _lookUps);
    }

    [Fact]
    public async Task A_kept_answer_comes_in_well_under_a_millisecond()
    {
        await GetAsync();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 1000; i++)
        {
            await GetAsync();
        }

        Assert.Equal(1, _lookUps);
        Assert.InRange(
            Stopwatch.GetElapsedTime(began) / 1000,
            TimeSpan.Zero,
            Quiet.Bound(TimeSpan.FromMilliseconds(0.5))
        );
    }

    [Fact]
    public async Task Whoever_asks_for_a_fresh_answer_gets_one_and_leaves_it_to_the_others()
    {
        await GetAsync();
        var fresh = await GetAsync(Options with { BypassCache = true });
        Assert.Same(fresh, await GetAsync());
        Assert.Equal(2, _lookUps);
    }

    [Fact]
    public async Task Longer_lists_are_another_question()
    {
        await GetAsync();
        await GetAsync(Options with { MaxEntries = 10 });
        Assert.Equal(2, _lookUps);
    }

    [Fact]
    public async Task Identical_look_ups_in_flight_are_one()
    {
        var answer = new TaskCompletionSource<MediaInfo>();
        var asked = Enumerable.Range(0, 10).Select(_ => _cache.GetAsync(Page, Options, LookUp, default)).ToList();
        answer.SetResult(Info());
        Assert.Single((await Task.WhenAll(asked)).Distinct());
        Assert.Equal(1, _lookUps);

        Task<MediaInfo> LookUp(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _lookUps);
            return answer.Task;
        }
    }

    [Fact]
    public async Task One_callers_cancellation_is_not_the_others()
    {
        using var leaving = new CancellationTokenSource();
        var answer = new TaskCompletionSource<MediaInfo>();
        var gone = _cache.GetAsync(Page, Options, token => answer.Task.WaitAsync(token), leaving.Token);
        var stays = _cache.GetAsync(Page, Options, token => answer.Task.WaitAsync(token), default);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        answer.SetResult(Info());
        Assert.NotNull(await stays);
    }

    [Fact]
    public async Task A_look_up_that_everybody_left_is_cancelled_and_the_next_caller_begins_anew()
    {
        using var leaving = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource();
        var gone = _cache.GetAsync(Page, Options, WaitForeverAsync, leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await cancelled.Task;
        Assert.NotNull(await GetAsync());

        async Task<MediaInfo> WaitForeverAsync(CancellationToken token)
        {
            await using var registration = token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            throw new UnreachableException();
        }
    }

    [Fact]
    public async Task A_verdict_on_the_content_is_kept_for_seconds_and_each_caller_gets_an_exception_of_its_own()
    {
        var first = await FailAsync(MediaError.PrivateContent);
        var second = await FailAsync(MediaError.PrivateContent);
        Assert.NotSame(first, second);
        Assert.Equal(first.Message, second.Message);
        Assert.Equal(1, _lookUps);
        _time.Advance(TimeSpan.FromSeconds(5));
        await FailAsync(MediaError.PrivateContent);
        Assert.Equal(2, _lookUps);
    }

    [Fact]
    public async Task A_passing_failure_is_not_kept()
    {
        await FailAsync(MediaError.SourceFailed);
        await GetAsync();
        Assert.Equal(2, _lookUps);
    }

    [Fact]
    public async Task A_live_stream_is_kept_for_seconds_only()
    {
        await GetAsync(isLive: true);
        _time.Advance(TimeSpan.FromSeconds(3));
        await GetAsync();
        Assert.Equal(2, _lookUps);
    }

    [Fact]
    public async Task No_more_than_its_measure_is_kept_and_the_oldest_goes_first()
    {
        for (var i = 0; i <= InfoCache.MaxEntries; i++)
        {
            await GetAsync(page: new Uri(Page, $"/{i}"));
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await GetAsync(page: new Uri(Page, "/1"));
        Assert.Equal(InfoCache.MaxEntries + 1, _lookUps);
        await GetAsync(page: new Uri(Page, "/0"));
        Assert.Equal(InfoCache.MaxEntries + 2, _lookUps);
    }

    [Fact]
    public async Task A_time_to_live_of_zero_keeps_nothing()
    {
        var cache = new InfoCache(TimeSpan.Zero, _time);
        await cache.GetAsync(Page, Options, _ => Count(Info()), default);
        await cache.GetAsync(Page, Options, _ => Count(Info()), default);
        Assert.Equal(2, _lookUps);
    }

    private Task<MediaInfo> GetAsync(InspectOptions? options = null, bool isLive = false, Uri? page = null) =>
        _cache.GetAsync(page ?? Page, options ?? Options, _ => Count(Info() with { IsLive = isLive }), default);

    private Task<MediaException> FailAsync(MediaError error) =>
        Assert.ThrowsAsync<MediaException>(() =>
            _cache.GetAsync(
                Page,
                Options,
                _ =>
                {
                    _lookUps++;
                    return Task.FromException<MediaInfo>(new MediaException(error, "It is so."));
                },
                default
            )
        );

    private Task<MediaInfo> Count(MediaInfo info)
    {
        _lookUps++;
        return Task.FromResult(info);
    }

    private static MediaInfo Info() =>
        new()
        {
            Id = "1",
            PageUrl = Page,
            Platform = Platform.Other,
            Title = "One",
        };
}
