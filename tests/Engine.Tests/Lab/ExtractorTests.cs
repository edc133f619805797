using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Decant.Lab.Media;

namespace Decant.Engine.Tests.Lab;

/// <summary>What the lab says of its sites, as the real extractor reads it.</summary>
public sealed class ExtractorTests(LabFixture fixture) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("decant-lab-");

    [Fact]
    public async Task A_YouTube_video_is_what_its_page_says_down_to_the_byte()
    {
        var info = await InspectAsync("https://www.youtube.com/watch?v=dQw4w9WgXcQ");

        Assert.Equal("Lab film dQw4w9WgXcQ", info.GetProperty("title").GetString());
        Assert.Equal("@decantlab", info.GetProperty("uploader_id").GetString());
        Assert.Equal(12, info.GetProperty("duration").GetInt32());
        var sizes = info.GetProperty("formats")
            .EnumerateArray()
            .ToDictionary(
                format => format.GetProperty("format_id").GetString()!,
                format => format.GetProperty("filesize").GetInt64()
            );
        Assert.Equal(
            ["133", "134", "135", "136", "137", "140", "160", "18", "243", "247", "248", "251"],
            sizes.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal((await MediumAsync("clip-12-1080p.mp4")).Length, sizes["137"]);
    }

    [Fact]
    public async Task Bytes_from_a_platforms_CDN_are_the_catalogues()
    {
        await YtDlpCommand.RunAsync(
            fixture.Lab,
            [
                "-P",
                _directory.FullName,
                "-o",
                "%(id)s",
                "-f",
                "18/b",
                "https://youtu.be/dQw4w9WgXcQ",
                "https://vm.tiktok.com/ZMlab7123456789012345678/",
            ]
        );

        Assert.Equal((await MediumAsync("clip-12-progressive.mp4")).Sha256, await HashAsync("dQw4w9WgXcQ"));
        Assert.Equal((await MediumAsync("clip-18-vertical-720p.mp4")).Sha256, await HashAsync("7123456789012345678"));
    }

    [Fact]
    public async Task Every_failure_of_YouTube_has_its_own_words()
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["private0001"] = "Private video",
            ["deleted0001"] = "This video has been removed by the uploader",
            ["agelimit001"] = "Sign in to confirm your age",
            ["regionlock1"] = "not made this video available in your country",
            ["members0001"] = "Join this channel to get access to members-only content",
            ["upcoming001"] = "This live event will begin in 2 hours",
            ["botcheck001"] = "Sign in to confirm you’re not a bot",
            ["ratelimit01"] = "This content isn't available, try again later",
            ["drmlocked01"] = "DRM protected",
        };

        var (_, errors) = await YtDlpCommand.RunAsync(
            fixture.Lab,
            ["-j", "--ignore-errors", .. expected.Keys.Select(id => $"https://www.youtube.com/watch?v={id}")]
        );

        Assert.All(
            expected,
            failure =>
                Assert.True(
                    errors
                        .Split('\n')
                        .Any(line =>
                            line.StartsWith($"ERROR: [youtube] {failure.Key}", StringComparison.Ordinal)
                            && line.Contains(failure.Value, StringComparison.Ordinal)
                        ),
                    $"'{failure.Value}' is not in: {errors}"
                )
        );
    }

    [Fact]
    public async Task Every_failure_of_TikTok_has_its_own_words()
    {
        string[] expected =
        [
            "do not have permission",
            "do not have permission",
            "status code 10217",
            "IP address is blocked",
            "requiring login",
        ];

        var (_, errors) = await YtDlpCommand.RunAsync(
            fixture.Lab,
            [
                "-j",
                "--ignore-errors",
                .. Enumerable.Range(1, 5).Select(n => $"https://www.tiktok.com/@x/video/700000000000000000{n}"),
            ]
        );

        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Length, lines.Length);
        Assert.All(expected.Zip(lines), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_playlist_of_five_hundred_is_read_page_by_page()
    {
        var list = await InspectAsync("https://www.youtube.com/playlist?list=PLdecant-lab-many-500", "--flat-playlist");

        Assert.Equal(
            500,
            list.GetProperty("entries")
                .EnumerateArray()
                .Select(entry => entry.GetProperty("id").GetString())
                .Distinct()
                .Count()
        );
        Assert.Equal("Five hundred lab films", list.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Every_kind_of_manifest_downloads_whole()
    {
        string[] paths =
        [
            "media/hls-ts/master.m3u8",
            "media/hls-fmp4/master.m3u8",
            "media/hls-aes/index.m3u8",
            "media/dash/manifest.mpd",
        ];

        var (_, errors) = await YtDlpCommand.RunAsync(
            fixture.Lab,
            ["-q", "-P", _directory.FullName, "-o", "%(autonumber)d.mp4", .. paths.Select(Public)]
        );

        Assert.Empty(errors);
        var probes = await Task.WhenAll(
            Enumerable.Range(1, paths.Length).Select(number => ProbeAsync($"{number}.mp4"))
        );
        Assert.Equal([720, 720, 360, 720], probes.Select(probe => probe.Height));
        Assert.All(probes, probe => Assert.InRange(probe.Seconds, 11.9, 12.2));
    }

    [Fact]
    public async Task A_live_stream_is_recorded_until_it_ends()
    {
        var (_, errors) = await YtDlpCommand.RunAsync(
            fixture.Lab,
            ["-q", "-P", _directory.FullName, "-o", "live.mp4", Public("live/extracted/index.m3u8?for=2")]
        );

        Assert.Empty(errors);
        // Where in the window a player begins is its own affair.
        Assert.InRange((await ProbeAsync("live.mp4")).Seconds, 1, 7.2);
    }

    [Fact]
    public async Task Media_on_a_page_are_found_and_a_page_without_any_is_unsupported()
    {
        var (output, errors) = await YtDlpCommand.RunAsync(
            fixture.Lab,
            ["--ignore-errors", "--print", "urls", Public("page/video"), Public("page/og"), Public("page/none")]
        );

        var medium = Public("media/small.mp4");
        Assert.Equal([medium, medium], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Unsupported URL: https://media.lab.example/page/none", errors, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task<JsonElement> InspectAsync(string url, params string[] options)
    {
        var (output, errors) = await YtDlpCommand.RunAsync(fixture.Lab, ["-J", .. options, url]);
        return output.StartsWith('{')
            ? JsonDocument.Parse(output).RootElement
            : throw new InvalidOperationException(errors);
    }

    private string Public(string path) => new Uri(fixture.Lab.PublicOrigin, path).AbsoluteUri;

    private Task<MediaFile> MediumAsync(string name) =>
        fixture.Lab.Media.GetAsync(name, TestContext.Current.CancellationToken);

    private async Task<string> HashAsync(string name)
    {
        await using var file = File.OpenRead(Path.Combine(_directory.FullName, name));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
    }

    private async Task<(int Height, double Seconds)> ProbeAsync(string name)
    {
        var start = new ProcessStartInfo(
            "ffprobe",
            [
                "-v",
                "error",
                "-select_streams",
                "v:0",
                "-show_entries",
                "stream=height:format=duration",
                "-of",
                "json",
                name,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = _directory.FullName,
        };
        using var process = Process.Start(start)!;
        using var probe = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        var seconds = probe.RootElement.GetProperty("format").GetProperty("duration").GetString()!;
        return (
            probe.RootElement.GetProperty("streams")[0].GetProperty("height").GetInt32(),
            double.Parse(seconds, CultureInfo.InvariantCulture)
        );
    }
}
