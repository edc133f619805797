using System.Net.Http.Headers;
using Decant.Engine.Errors;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Egress;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Fidelity;

/// <summary>Files from origins that close a connection before all that they announced has come.</summary>
public sealed class BrokenConnectionTests(LabEngine lab, MediaFiles files) : IClassFixture<MediaFiles>
{
    private const string Kind = "Files that were cut";

    [Fact]
    public async Task What_broke_off_after_a_third_three_times_comes_whole()
    {
        var source = await files.Mp4Async();
        var bytes = await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken);
        var asked = 0;
        await using var origin = await Origin.StartAsync(context =>
            AnswerAsync(context, bytes, bytes.Length, Interlocked.Increment(ref asked) <= 3 ? 3 : 1)
        );

        var made = await lab.RunAsync(new Uri(origin.Url, "/file.mp4"), "mp4", files.NewDirectory());

        Assert.True(asked > 3);
        var (there, came) = (await StreamShape.DescribeAsync(source), await StreamShape.DescribeAsync(made.Path));
        Assert.Equal(there, came);
        FidelityTable.Record(Kind, "a connection that ends after a third, three times", there, came);
    }

    [Fact]
    public async Task A_file_of_ten_bytes_less_than_its_origin_says_is_refused()
    {
        var bytes = await File.ReadAllBytesAsync(await files.Mp4Async(), TestContext.Current.CancellationToken);
        await using var origin = await Origin.StartAsync(context => AnswerAsync(context, bytes, bytes.Length + 10, 1));

        var refusal = await Assert.ThrowsAsync<MediaException>(() =>
            lab.RunAsync(new Uri(origin.Url, "/file.mp4"), "mp4", files.NewDirectory())
        );

        Assert.Equal(MediaError.SourceFailed, refusal.Error);
        FidelityTable.Record(
            Kind,
            "ten bytes less than its origin says",
            "fewer bytes than announced",
            refusal.Message
        );
    }

    /// <summary>Answers, a range too, and closes the connection where less comes than was announced.</summary>
    /// <param name="context">The request.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="said">Bytes that it is said to have.</param>
    /// <param name="share">Part of the answer that comes: the whole divided by this.</param>
    private static async Task AnswerAsync(HttpContext context, byte[] bytes, int said, int share)
    {
        var range = RangeHeaderValue.TryParse(context.Request.Headers.Range, out var asked)
            ? asked.Ranges.Single()
            : null;
        var from = (int)(range?.From ?? 0);
        var length = (int)Math.Min(range?.To ?? said - 1, said - 1) - from + 1;
        context.Response.StatusCode = range is null ? 200 : 206;
        context.Response.ContentType = "video/mp4";
        context.Response.ContentLength = length;
        if (range is not null)
        {
            context.Response.Headers.ContentRange = $"bytes {from}-{from + length - 1}/{said}";
        }

        var comes = bytes.AsMemory(Math.Min(from, bytes.Length));
        comes = comes[..Math.Min(comes.Length, length / share)];
        await context.Response.Body.WriteAsync(comes, context.RequestAborted);
        if (comes.Length < length)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }
    }
}
