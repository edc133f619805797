using System.Net.Http.Json;
using System.Text.Json;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Documents;

/// <summary>Every Python sample of the current document, and the same samples under the older one's paths.</summary>
public abstract class SampleTests(DecantServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What each sample prints when every call in it was answered as documented.</summary>
    public static TheoryData<string, string> Prints { get; } =
        new()
        {
            {
                "00-get-video-info-public.py",
                @"^Title: .+\nDuration: [\d.]+ seconds\nUploader: .+\nView count: \d+\n$"
            },
            {
                "01-get-video-info-authenticated.py",
                @"^Title: .+\nDuration: [\d.]+ seconds\nEstimated credits: \d+\n(Format: \w+ - \w+\n)+$"
            },
            { "02-download-media-public.py", @"^Public download job created: \d+\nStatus: PROCESSING\n$" },
            { "03-download-media-authenticated.py", @"^Download job created: \d+\nEstimated credits: \d+\n$" },
            {
                "04-bulk-download-multiple-videos.py",
                @"^Bulk download created with 3 jobs\n(  Job \d+: https://www\.youtube\.com/watch\?v=video[123]0+\n){3}$"
            },
            {
                "10-get-user-statistics.py",
                @"^Total downloads: \d+\nTotal duration: [\d.]+ seconds\nCredits used: \d+\nBy platform: \{.*\}\nBy format: \{.*\}\n$"
            },
            {
                "11-podcast-content-creation.py",
                @"(Extracted: podcast_audio_\d+\.wav\n){3}Extracted 3 audio files for podcast:\n(  .+ - podcast_audio_\d+\.wav \([\d.]+s\)\n){3}$"
            },
            {
                "12-educational-content-archive.py",
                @"Educational content archiving started:\n  math_basics: .+ \([\d.]+s\)\n  science_intro: .+ \([\d.]+s\)\n  history_overview: .+ \([\d.]+s\)\n$"
            },
            { "13-social-media-content-analysis.py", @"\nExtracting content from [234] social media sources\n$" },
            {
                "14-get-public-supported-formats.py",
                @"^Public formats available:\nVideo: \['mp4'\]\nAudio: \['mp3', 'wav'\]\nLimitations: \{'max_duration_minutes': 10,.*\}\n$"
            },
            {
                "15-get-full-supported-formats.py",
                @"^All formats available:\nVideo: \['mp4', .*\]\nAudio: \['mp3', .*\]\nQuality: \['144p', .*\]\n$"
            },
        };

    [Theory]
    [MemberData(nameof(Prints))]
    public async Task A_sample_prints_what_it_promises(string file, string expected)
    {
        foreach (var older in new[] { false, true })
        {
            var printed = await new Sample(file) { OlderPaths = older }.RunAsync(server, Stop);
            Assert.Matches(expected, printed);
        }
    }

    [Fact]
    public async Task The_samples_about_one_job_follow_it_from_status_to_deletion()
    {
        foreach (var older in new[] { false, true })
        {
            var job = await CompletedJobAsync();
            Sample Of(string file) => new(file) { OlderPaths = older, JobId = job };

            var status = await Of("05-get-download-status.py").RunAsync(server, Stop);
            Assert.Matches(
                @"^Status: COMPLETED\nProgress: 100%\nDownload complete!\nVideo URL: http.+\nThumbnail URL: http.+\nFile size: \d+ bytes\nDuration: [\d.]+ seconds\n$",
                status
            );
            var list = await Of("06-list-download-jobs.py").RunAsync(server, Stop);
            Assert.Matches(
                $@"Job {job}: COMPLETED - .+\n  Platform: youtube, Format: mp3\n  Duration: [\d.]+s, Size: \d+ bytes\n",
                list
            );
            var files = await Of("07-download-files.py").RunAsync(server, Stop);
            Assert.Matches(
                $@"^Downloaded: .+\n  media: .+_{job}\.mp3 \(\d+ bytes\)\n  thumbnail: .+_thumbnail_{job}\.jpg \(\d+ bytes\)\n$",
                files
            );
            var update = await Of("08-update-download-job.py").RunAsync(server, Stop);
            Assert.Equal("Updated job title: My Custom Video Title\n", update);
            var delete = await Of("09-delete-download-job.py").RunAsync(server, Stop);
            Assert.Equal("Job deleted successfully\n", delete);
        }
    }

    [Fact]
    public async Task The_batch_strategy_gets_a_job_for_every_url()
    {
        var urls = string.Join(", ", Enumerable.Range(1, 7).Select(n => $"'{LabPages.YouTube($"batch{n}")}'"));
        var sample = new Sample("17-batch-processing-strategy.py")
        {
            Epilogue = $"print(len(optimize_batch_downloads([{urls}], api_key)))",
        };
        Assert.Equal("7\n", await sample.RunAsync(server, Stop));
    }

    private async Task<long> CompletedJobAsync()
    {
        var answer = await server.PostAsync(
            "/api/v1/video/download",
            new
            {
                url = LabPages.YouTube("example123"),
                format = "mp3",
                quality = "128kbps",
                audio_only = true,
                include_thumbnail = true,
            }
        );
        answer.EnsureSuccessStatusCode();
        var created = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var job = created.GetProperty("job").GetProperty("id").GetInt64();
        // The stream of events ends with the job.
        var events = await server.Http.GetStringAsync($"/api/v1/video/video-download/jobs/{job}/events", Stop);
        Assert.Contains("COMPLETED", events, StringComparison.Ordinal);
        return job;
    }
}

public sealed class SampleTestsOnSqlite(ServerOn<Sqlite> on) : SampleTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class SampleTestsOnPostgres(ServerOn<Postgres> on)
    : SampleTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
