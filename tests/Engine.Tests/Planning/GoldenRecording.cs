using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Tests.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Planning;

/// <summary>Records what the real extractor says of the lab's platforms, for <see cref="GoldenPlanTests"/>; only with <c>DECANT_GOLDEN</c>.</summary>
public sealed class GoldenRecording(LabFixture fixture)
{
    private static readonly string[] Fields =
    [
        "id",
        "title",
        "fulltitle",
        "extractor_key",
        "webpage_url",
        "duration",
        "uploader",
        "upload_date",
        "thumbnail",
    ];

    private static readonly string[] FormatFields =
    [
        "format_id",
        "ext",
        "protocol",
        "vcodec",
        "acodec",
        "width",
        "height",
        "fps",
        "dynamic_range",
        "tbr",
        "abr",
        "asr",
        "audio_channels",
        "filesize",
        "language",
        "language_preference",
    ];

    [Theory]
    [InlineData("youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("tiktok", "https://www.tiktok.com/@decantlab/video/7123456789012345678")]
    public async Task The_labs_platforms_are_recorded(string platform, string url)
    {
        var folder = Environment.GetEnvironmentVariable("DECANT_GOLDEN");
        Assert.SkipWhen(folder is null, "Only to record anew: see Golden/README.md.");
        await using var worker = new Worker(
            new EngineOptions(),
            fixture.Lab.CaFile,
            TimeProvider.System,
            NullLogger<Worker>.Instance
        );
        var process = await worker.GetProcessAsync(TestContext.Current.CancellationToken);
        var reply = await process.AskAsync(
            new InspectRequest(url, fixture.Lab.Proxy.AbsoluteUri, 60, 10, 1L << 30),
            TimeSpan.FromMinutes(1),
            null,
            TestContext.Current.CancellationToken
        );

        var info = Assert.IsType<WorkerReply.Answered>(reply).Message.GetProperty("info");
        var kept = Keep(info, Fields);
        kept["formats"] = new JsonArray([.. info.GetProperty("formats").EnumerateArray().Select(Format)]);
        await File.WriteAllTextAsync(
            Path.Combine(folder!, $"{platform}.json"),
            kept.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n",
            TestContext.Current.CancellationToken
        );
    }

    private static JsonNode Format(JsonElement raw)
    {
        var kept = Keep(raw, FormatFields);
        // Signatures and times of expiry differ each time, and no plan depends on them.
        kept["url"] = new Uri(raw.GetProperty("url").GetString()!).GetLeftPart(UriPartial.Path);
        return kept;
    }

    private static JsonObject Keep(JsonElement record, IEnumerable<string> fields) =>
        new(
            fields
                .Where(name =>
                    record.TryGetProperty(name, out var value)
                    && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Array)
                )
                .Select(name => KeyValuePair.Create(name, JsonNode.Parse(record.GetProperty(name).GetRawText())))
        );
}
