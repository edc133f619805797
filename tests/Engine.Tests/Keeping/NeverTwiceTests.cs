using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Decant.Engine.Planning;
using Decant.Engine.Tests.Converting;
using Decant.Lab;

namespace Decant.Engine.Tests.Keeping;

/// <summary>The whole engine with keeping switched on, against a lab of its own: requests are counted.</summary>
public sealed class NeverTwiceTests(KeepingEngine keeping) : IClassFixture<KeepingEngine>
{
    private const string Medium = "/media/small.mp4";

    [Fact]
    public async Task The_same_file_is_made_once()
    {
        var first = await RunAsync("mp3", Url());
        var requests = Requests();

        var second = await RunAsync("mp3", Url());

        Assert.Equal(requests, Requests());
        Assert.Equal(await SumAsync(first), await SumAsync(second));
        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal((first.Size, first.Duration), (second.Size, second.Duration));
    }

    [Fact]
    public async Task Another_format_of_the_same_medium_needs_no_second_download()
    {
        await RunAsync("mp4", Url());
        var requests = Requests();

        var sound = await RunAsync("mp3", Url());

        Assert.Equal(requests, Requests());
        Assert.Equal("mp3", sound.AudioCodec);
    }

    /// <summary>The source is the very file that was delivered, under another name.</summary>
    [Fact]
    public async Task A_file_that_was_delivered_does_not_change_with_what_is_made_of_its_source_later()
    {
        var first = await RunAsync("mp4", Url());
        var (sum, requests) = (await SumAsync(first), Requests());

        var second = await RunAsync("mp4", Url(), title: "Another");

        Assert.Equal(requests, Requests());
        Assert.Equal(sum, await SumAsync(first));
        Assert.Contains(
            "TAG:title=Another",
            await Conversions.ShowAsync(second.Path, "-show_entries", "format_tags=title")
        );
    }

    [Fact]
    public async Task Who_asks_for_the_same_at_the_same_time_waits_for_one()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RunAsync("mkv", Url("together"))));

        // How many connections join in depends on which is quicker; but one look-up and one fetch ask for nothing twice.
        var asked = keeping.Lab.Requests.For(Medium).Where(request => request.Url.Query == "?together");
        Assert.Distinct(asked.Select(request => request.Range));
        Assert.Single((await Task.WhenAll(results.Select(SumAsync))).Distinct());
    }

    private Uri Url([CallerMemberName] string test = "") => new(keeping.Lab.Origin, $"{Medium}?{test}");

    private int Requests() => keeping.Lab.Requests.Hits(Medium);

    private Task<ExtractionResult> RunAsync(string format, Uri url, string? title = null) =>
        keeping.Engine.RunAsync(
            url,
            OutputRequest.Parse(format, null) with
            {
                Title = title,
            },
            keeping.NewDirectory(),
            new DirectProgress<EngineProgress>(_ => { }),
            TestContext.Current.CancellationToken
        );

    private static async Task<string> SumAsync(ExtractionResult result)
    {
        await using var file = File.OpenRead(result.Path);
        return Convert.ToHexString(await SHA256.HashDataAsync(file, TestContext.Current.CancellationToken));
    }
}

public sealed class KeepingEngine : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("decant-run-").FullName;

    public LabInternet Lab { get; private set; } = null!;
    public MediaEngine Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Lab = await LabInternet.StartAsync(new LabOptions(), TestContext.Current.CancellationToken);
        Engine = LabEngine.Create(
            new EngineOptions
            {
                Keep = new KeepOptions(Path.Combine(_root, "kept")),
                Egress = new EgressOptions { AllowedNetworks = ["127.0.0.0/8"] },
            }
        );
        await Engine.StartAsync([], TestContext.Current.CancellationToken);
    }

    public string NewDirectory() => Directory.CreateDirectory(Path.Combine(_root, $"{Guid.NewGuid():n}")).FullName;

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Lab.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}
