using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Keeping;
using Decant.Lab.Serving;

namespace Decant.Engine.Tests;

/// <summary>From the address to the made file while the way there is bad: what comes out is, picture by picture and sample by sample, what comes out of a good one.</summary>
[Long]
public sealed class FaultsWhileFastTests(KeepingEngine own) : IClassFixture<KeepingEngine>
{
    private const string Medium = "/media/small.mp4";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Fault Break = Fault.CutAfter(300_000);

    private static readonly Dictionary<string, Fault[]> Mishaps = new(StringComparer.Ordinal)
    {
        ["the connection breaks again and again"] = [Break, Break, Break],
        ["the address dies"] = [Break, Fault.Status(403)],
        ["the address is gone"] = [Break, Fault.Status(410)],
        ["too many requests"] = [Break, Fault.Status(429, Second)],
        ["an error of its own"] = [Break, Fault.Status(503, Second)],
        ["all of it comes instead of the rest"] = [Break, Fault.Elsewhere("/no-range/small.mp4")],
        ["several at once"] = [Fault.StallAfter(150_000), Fault.CutAfter(20_000), Fault.Status(429, Second)],
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("the connection breaks again and again", "?rate=4000000")]
    [InlineData("the address dies", "?rate=4000000")]
    [InlineData("the address is gone", "?")]
    [InlineData("too many requests", "?rate=4000000")]
    [InlineData("an error of its own", "?")]
    [InlineData("all of it comes instead of the rest", "?rate=4000000")]
    [InlineData("several at once", "?rate=400000&latency=10")]
    public async Task Whatever_goes_wrong_in_the_middle_the_file_is_right(string mishap, string pace)
    {
        var url = At($"{Medium}{pace}&{mishap.Replace(' ', '-')}");
        await own.Engine.InspectAsync(url, new InspectOptions(), Stop);
        Script(Medium, Mishaps[mishap]);

        var made = await RunAsync(url);

        Assert.False(own.Lab.Faults.IsWaiting(Medium));
        Assert.Equal(await OfAsync("small.mp4"), await Decoded.HashAsync(made));
    }

    [Theory]
    [InlineData("hls-aes/index.m3u8", "/media/hls-aes/seg00{0}.ts")]
    [InlineData("dash/manifest.mpd", "/media/dash/chunk-stream1-0000{0}.m4s")]
    public async Task Whatever_goes_wrong_with_a_segment_the_file_is_right(string manifest, string segment)
    {
        var clean = await RunAsync(At($"/media/{manifest}"));
        var url = At($"/paced/1500000/10/media/{manifest}");
        await own.Engine.InspectAsync(url, new InspectOptions(), Stop);
        Fault[] faults =
        [
            Fault.CutAfter(20_000),
            Fault.StallAfter(20_000),
            Fault.Status(429, Second),
            Fault.Status(403),
            Fault.Corrupt(after: 0),
        ];
        var struck = faults.Select((_, number) => string.Format(null, segment, number + 1)).ToList();
        foreach (var (path, fault) in struck.Zip(faults))
        {
            own.Lab.Faults.Script(path, fault);
        }

        var made = await RunAsync(url);

        Assert.DoesNotContain(struck, own.Lab.Faults.IsWaiting);
        Assert.Equal(await Decoded.HashAsync(clean), await Decoded.HashAsync(made));
    }

    [Theory]
    [InlineData("hls-aes/index.m3u8", "/media/hls-aes/seg00{0}.ts", 0)]
    [InlineData("hls-aes/index.m3u8", "/media/hls-aes/seg00{0}.ts", 2)]
    [InlineData("hls-ts/720p/index.m3u8", "/media/hls-ts/720p/seg00{0}.ts", 0)]
    [InlineData("hls-ts/720p/index.m3u8", "/media/hls-ts/720p/seg00{0}.ts", 2)]
    public async Task What_is_no_segment_and_comes_before_all_others_is_asked_for_again(
        string list,
        string segment,
        int struck
    )
    {
        var clean = await RunAsync(At($"/media/{list}"));
        var url = At($"/media/{list}?first={struck}");
        await own.Engine.InspectAsync(url, new InspectOptions(), Stop);
        foreach (var number in Enumerable.Range(0, 4))
        {
            own.Lab.Faults.Script(
                string.Format(null, segment, number),
                number == struck ? Fault.Corrupt(after: 0) : Fault.CutAfter(0)
            );
        }

        var made = await RunAsync(url);

        Assert.Equal(await Decoded.HashAsync(clean), await Decoded.HashAsync(made));
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_fetched_is_the_new_one_and_never_half_of_each()
    {
        var url = At($"{Medium}?rate=4000000&changes");
        await own.Engine.InspectAsync(url, new InspectOptions(), Stop);
        Script(Medium, [Break]);
        own.Lab.Faults.Script(Medium, Fault.Elsewhere("/media/low.mp4"), times: int.MaxValue);

        var made = await RunAsync(url);
        own.Lab.Faults.Forget(Medium);

        Assert.Equal(await OfAsync("low.mp4"), await Decoded.HashAsync(made));
    }

    [Fact]
    public async Task A_corrupt_file_is_not_kept_and_once_it_is_mended_it_is_fetched_anew()
    {
        var url = At($"{Medium}?corrupt");
        await own.Engine.InspectAsync(url, new InspectOptions(), Stop);
        own.Lab.Faults.Script(Medium, Fault.Corrupt(after: 40), times: int.MaxValue);

        var failure = await Assert.ThrowsAsync<MediaException>(() => RunAsync(url));
        own.Lab.Faults.Forget(Medium);
        var made = await RunAsync(url);

        Assert.Same(MediaError.SourceFailed, failure.Error);
        Assert.Equal(await OfAsync("small.mp4"), await Decoded.HashAsync(made));
    }

    [Fact]
    public async Task A_segment_that_stays_corrupt_fails_and_is_not_left_out()
    {
        const string segment = "/media/hls-ts/720p/seg003.ts";
        var url = At("/media/hls-ts/master.m3u8?corrupt");
        own.Lab.Faults.Script(segment, Fault.Corrupt(after: 0), times: int.MaxValue);

        var failure = await Assert.ThrowsAsync<MediaException>(() => RunAsync(url));
        own.Lab.Faults.Forget(segment);

        Assert.Same(MediaError.SourceFailed, failure.Error);
    }

    private Uri At(string path) => new(own.Lab.Origin, path);

    private void Script(string path, Fault[] faults)
    {
        foreach (var fault in faults)
        {
            own.Lab.Faults.Script(path, fault);
        }
    }

    private async Task<List<string>> OfAsync(string name)
    {
        var file = Path.Combine(own.NewDirectory(), name);
        using var http = new HttpClient();
        await File.WriteAllBytesAsync(file, await http.GetByteArrayAsync(At($"/media/{name}"), Stop), Stop);
        return await Decoded.HashAsync(file);
    }

    private async Task<string> RunAsync(Uri url)
    {
        var result = await own.Engine.RunAsync(
            url,
            OutputRequest.Parse("mp4", null),
            own.NewDirectory(),
            new DirectProgress<EngineProgress>(_ => { }),
            Stop
        );
        return result.Path;
    }
}
