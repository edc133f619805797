using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Relays;
using Microsoft.Extensions.Logging.Abstractions;
using static Decant.Engine.Tests.Fetching.FetchBench;

namespace Decant.Engine.Tests.Fetching.Relays;

public sealed class SpoolRelayTests : IAsyncDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly HttpClient _http = new();
    private readonly Spool _spool;
    private readonly SpoolRelay _relay;

    public SpoolRelayTests()
    {
        _spool = new Spool(_path);
        _spool.Open(Sample.Length);
        _relay = new SpoolRelay(_spool, Sample.Length, NullLogger.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_waits_for_its_bytes_in_whatever_order_they_come()
    {
        var answer = _http.GetByteArrayAsync(_relay.Address, Stop);
        await WriteAsync(500_000, Sample.Length);
        Assert.Equal(0, await WantedAsync());
        await WriteAsync(0, 500_000);
        Assert.Equal(Sample, await answer);
    }

    [Fact]
    public async Task What_a_reader_asks_for_is_wanted_until_it_goes_elsewhere()
    {
        using (var response = await AskAsync("bytes=900000-"))
        {
            Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
            Assert.Equal("bytes 900000-1000002/1000003", response.Content.Headers.ContentRange?.ToString());
            Assert.Equal(900_000, await WantedAsync());
        }
        while (_spool.Wanted is not null)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_fetch_that_fails_cuts_its_readers_and_says_why_to_whoever_asks()
    {
        var answer = _http.GetByteArrayAsync(_relay.Address, Stop);
        await WriteAsync(0, 1000);
        Assert.Equal(1000, await WantedAsync());
        _spool.Fail(new MediaException(MediaError.ContentNotFound, "Gone."));
        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        Assert.Same(MediaError.ContentNotFound, _spool.Failure?.Error);
    }

    [Fact]
    public async Task A_file_that_changed_is_never_joined_to_its_old_half()
    {
        var answer = _http.GetByteArrayAsync(_relay.Address, Stop);
        await WriteAsync(0, 1000);
        Assert.Equal(1000, await WantedAsync());
        _spool.Clear();
        await WriteAsync(0, Sample.Length);
        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
    }

    [Theory]
    [InlineData("bytes=1000003-")]
    [InlineData("bytes=0-1,5-6")]
    public async Task What_is_no_part_of_the_file_is_refused(string range)
    {
        using var response = await AskAsync(range);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
    }

    [Fact]
    public async Task A_stream_is_given_from_its_beginning_to_the_end_that_shows_itself()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var spool = new Spool(path);
        await using var relay = new SpoolRelay(spool, null, NullLogger.Instance);
        spool.OpenStream(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, relay.Address);
        request.Headers.Range = new RangeHeaderValue(0, null);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["none"], response.Headers.AcceptRanges);
        var body = response.Content.ReadAsByteArrayAsync(Stop);
        await spool.WriteAsync(Sample.AsMemory(1000), 1000, Stop);
        await spool.WriteAsync(Sample.AsMemory(0, 1000), 0, Stop);
        spool.Finish(Sample.Length);
        Assert.Equal(Sample, await body);
        File.Delete(path);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _relay.DisposeAsync();
        _spool.Dispose();
        File.Delete(_path);
    }

    private async Task<HttpResponseMessage> AskAsync(string range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _relay.Address);
        request.Headers.Range = RangeHeaderValue.Parse(range);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    private async Task WriteAsync(int from, int to) =>
        await _spool.WriteAsync(Sample.AsMemory(from, to - from), from, Stop);

    private async Task<long> WantedAsync()
    {
        while (true)
        {
            if (_spool.Wanted is { } wanted)
            {
                return wanted;
            }
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
