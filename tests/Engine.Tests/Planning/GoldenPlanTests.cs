using System.Text;
using System.Text.Json;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Planning;

/// <summary>
/// What is picked and made of media as each platform's extractor describes them: <c>Golden/{platform}.json</c> is the description
/// (see <c>Golden/README.md</c> for where each is from), <c>Golden/{platform}.txt</c> the plans.
/// With <c>DECANT_GOLDEN=$PWD/tests/Engine.Tests/Planning/Golden</c> the plans are written there instead of compared.
/// </summary>
public sealed class GoldenPlanTests
{
    private static readonly string? Recording = Environment.GetEnvironmentVariable("DECANT_GOLDEN");
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Planning", "Golden");

    private static readonly (string Format, string Quality)[] Requests =
    [
        ("mp4", "best"),
        ("mp4", "1080p"),
        ("mp4", "720p"),
        ("mp4", "360p"),
        ("mp4", "144p"),
        ("mp4", "worst"),
        ("webm", "best"),
        ("webm", "720p"),
        ("mkv", "best"),
        ("mov", "720p"),
        ("avi", "480p"),
        ("flv", "480p"),
        ("mp3", "best"),
        ("mp3", "128kbps"),
        ("mp3", "320kbps"),
        ("m4a", "best"),
        ("m4a", "64kbps"),
        ("aac", "best"),
        ("ogg", "best"),
        ("opus", "best"),
        ("opus", "worst"),
        ("wav", "best"),
        ("flac", "best"),
    ];

    public static TheoryData<string> Platforms => [.. Directory.GetFiles(Folder, "*.json").Select(NameOf).Order()];

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Plans_are_as_recorded(string platform)
    {
        var stop = TestContext.Current.CancellationToken;
        using var document = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Recording ?? Folder, $"{platform}.json"), stop)
        );
        var info = InfoMapping.Map(document.RootElement, new Uri($"https://{platform}.test/"), default);

        var plans = Show(info);

        if (Recording is not null)
            await File.WriteAllTextAsync(Path.Combine(Recording, $"{platform}.txt"), plans, stop);
        else
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Folder, $"{platform}.txt"), stop), plans);
    }

    [Fact]
    public void Every_platform_of_the_documents_that_serves_media_is_there() =>
        Assert.Equal(
            ["dailymotion", "facebook", "instagram", "soundcloud", "tiktok", "twitch", "twitter", "vimeo", "youtube"],
            Platforms.Select(row => row.Data)
        );

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    private static string Show(MediaInfo info)
    {
        var text = new StringBuilder();
        foreach (var (format, quality) in Requests)
            text.Append($"{format} {quality}".PadRight(13)).Append(Show(info, format, quality)).Append('\n');
        return text.ToString();
    }

    private static string Show(MediaInfo info, string format, string quality)
    {
        try
        {
            var plan = Planner.Plan(info, OutputRequest.Parse(format, quality));
            var forecast = Forecast.Of(plan);
            var picture = forecast.Conversion.Promise.Picture is { } size ? $" {size.Width}x{size.Height}" : "";
            return $"{string.Join('+', plan.Sources.Select(source => source.Id))}: "
                + string.Join(", ", forecast.Conversion.Streams.Select(stream => Show(stream.Treatment)))
                + picture
                + (forecast.Bytes is { } bytes ? $" ~{bytes / 1000} kB" : "");
        }
        catch (MediaException refusal)
        {
            return $"{refusal.Error.Code}: {refusal.Message}";
        }
    }

    private static string Show(StreamTreatment treatment) =>
        treatment switch
        {
            EncodeAudio { BitsPerSecond: { } rate } sound => $"encode {sound.Codec} {rate / 1000}k",
            CopyStream => $"copy {treatment.OutputCodec}",
            _ => $"encode {treatment.OutputCodec}",
        };
}
