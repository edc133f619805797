using System.Collections.Concurrent;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Egress;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Engine.Tests.Fidelity;

/// <summary>Files whose addresses do not say that they are any, from origins that give a link once, or are busy at first.</summary>
public sealed class NamelessFileTests(LabEngine lab, MediaFiles files) : IClassFixture<MediaFiles>
{
    [Fact]
    public async Task A_link_that_is_good_once_is_asked_for_again()
    {
        var source = await files.Mp4Async();
        var used = new ConcurrentDictionary<string, bool>();
        await using var origin = await Origin.StartAsync(context =>
        {
            var token = context.Request.Query["t"].ToString();
            return (
                token.Length == 0 ? TypedResults.Redirect($"/file?t={Guid.NewGuid():n}")
                : used.TryAdd(token, true) ? Whole(source)
                : (IResult)TypedResults.StatusCode(403)
            ).ExecuteAsync(context);
        });
        await HoldAsync("a link that is good once", new Uri(origin.Url, "/get"), source);
    }

    [Fact]
    public async Task An_origin_that_is_busy_at_first_is_asked_again()
    {
        var source = await files.Mp4Async();
        var asked = 0;
        await using var origin = await Origin.StartAsync(context =>
            (
                Interlocked.Increment(ref asked) <= 4 ? TypedResults.StatusCode(503) : (IResult)Whole(source)
            ).ExecuteAsync(context)
        );
        await HoldAsync("503 to the first four questions", new Uri(origin.Url, "/file"), source);
    }

    private static PhysicalFileHttpResult Whole(string source) =>
        TypedResults.PhysicalFile(source, "application/octet-stream", enableRangeProcessing: true);

    private async Task HoldAsync(string name, Uri url, string source)
    {
        var made = await lab.RunAsync(url, "mp4", files.NewDirectory());
        var (there, came) = (await StreamShape.DescribeAsync(source), await StreamShape.DescribeAsync(made.Path));
        FidelityTable.Record("Files without a name", name, there, came);
        Assert.Equal(there, came);
    }
}
