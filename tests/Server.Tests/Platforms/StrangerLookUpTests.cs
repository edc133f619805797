using System.Diagnostics;
using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Platforms;

public sealed class StrangerLookUpTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Forty_strangers_whose_pages_send_a_byte_a_second_keep_no_account_waiting()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("LookUps:Silence=00:00:03");
        // A page, which is the extractor's to read, and warms it.
        await server.DownloadAsync(new { url = server.Origin("page/video?src=/media/small.mp4&warm=1") });
        using var leave = new CancellationTokenSource();
        var strangers = Enumerable
            .Range(0, 40)
            .Select(number =>
                server.Public.PostAsJsonAsync(
                    "/api/v1/video/public/info",
                    new { url = server.Origin($"drip-page/slow?stranger={number}") },
                    leave.Token
                )
            )
            .ToList();
        using var patience = new CancellationTokenSource(Quiet.Patience);
        await server.Lab.Requests.WaitForAsync("/drip-page/slow", 2, patience.Token);

        var took = Stopwatch.StartNew();
        await server.DownloadAsync(new { url = server.Origin("page/video?src=/media/small.mp4&promptly=1") });
        output.WriteLine($"An account's download was accepted in {took.Elapsed.TotalSeconds:0.00} s");

        Assert.True(took.Elapsed < Quiet.Bound(TimeSpan.FromSeconds(10)), $"It took {took.Elapsed}.");
        Assert.True(strangers.Count(one => one.IsCompleted) < 30, "The strangers were gone before the account came.");
        var given = await await Task.WhenAny(strangers);
        var problem = await given.ReadProblemAsync(504, "source_timeout");
        Assert.Contains("bytes in 3 s", problem.Text("detail"));
        await leave.CancelAsync();
        try
        {
            await Task.WhenAll(strangers);
        }
        catch (OperationCanceledException)
        {
            // They have left.
        }
    }
}
