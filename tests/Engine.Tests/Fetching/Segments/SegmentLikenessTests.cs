using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Segments;

namespace Decant.Engine.Tests.Fetching.Segments;

public sealed class SegmentLikenessTests
{
    private const string Host = "media.example";

    private static readonly byte[] Noise = new byte[8];
    private static readonly byte[] TransportStream = [SegmentLikeness.TransportSync, 0, 0, 0, 0, 0, 0, 0];

    private readonly ManualTime _time = new();
    private readonly SegmentLikeness _likeness;

    public SegmentLikenessTests() => _likeness = new SegmentLikeness(first: 0, _time);

    [Fact]
    public async Task A_first_segment_of_no_kind_waits_for_another_however_slow_the_origin_is()
    {
        var company = new Company();
        var first = _likeness.EnsureAsync(0, Noise, company.IsThere, Host);
        _time.Advance(TimeSpan.FromSeconds(9));
        await company.LookedForAsync();
        Assert.False(first.IsCompleted);

        await _likeness.EnsureAsync(1, TransportStream, company.IsThere, Host);

        await Assert.ThrowsAsync<FetchException>(() => first);
    }

    [Fact]
    public async Task It_is_believed_where_another_is_so_too()
    {
        var first = _likeness.EnsureAsync(0, Noise, () => true, Host);

        await _likeness.EnsureAsync(1, Noise, () => true, Host);

        await first;
    }

    [Theory]
    [InlineData(true, 11)]
    [InlineData(false, 0)]
    public async Task It_is_believed_where_nobody_else_brings_any_or_none_comes_for_long(bool isThere, int seconds)
    {
        var company = new Company();
        var first = _likeness.EnsureAsync(0, Noise, company.IsThere, Host);
        await company.LookedForAsync();
        company.Stays = isThere;
        _time.Advance(TimeSpan.FromSeconds(seconds));

        await first;

        await Assert.ThrowsAsync<FetchException>(() => _likeness.EnsureAsync(1, TransportStream, () => true, Host));
    }

    /// <summary>Other connections that bring segments, until the test has them end.</summary>
    private sealed class Company
    {
        private volatile TaskCompletionSource _looked = New();

        public volatile bool Stays = true;

        public bool IsThere()
        {
            _looked.TrySetResult();
            return Stays;
        }

        /// <summary>Waits until it is looked for once more.</summary>
        public Task LookedForAsync()
        {
            _looked = New();
            return _looked.Task;
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
