using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Platforms;

/// <summary>
/// Each cell of the documents' table of platforms, from the HTTP request to the probed file.
/// With <c>DECANT_PLATFORMS=docs/platforms.md</c> the table of what was run is written there.
/// </summary>
public sealed class PlatformTests(ServerOn<Sqlite> on, PlatformTable table)
    : IClassFixture<ServerOn<Sqlite>>,
        IClassFixture<PlatformTable>
{
    private readonly DecantServer _server = on.Server;

    public static TheoryData<PlatformRow> Every => PlatformRows.Those(_ => true);
    public static TheoryData<PlatformRow> WithPictures => PlatformRows.Those(row => row.Picture is not null);
    public static TheoryData<PlatformRow> WithLists => PlatformRows.Those(row => row.List is not null);

    [Theory]
    [MemberData(nameof(Every))]
    public async Task The_metadata_is_what_the_platform_shows(PlatformRow row)
    {
        var info = await InfoAsync(row.Url);

        Assert.Equal(row.Platform, info.Text("platform"));
        Assert.Equal(row.Id, info.Text("video_id"));
        Assert.Equal(row.Title, info.Text("title"));
        Assert.Equal(row.Uploader, info.Text("uploader"));
        Assert.Equal(row.Description, (string?)info["description"]);
        Assert.Equal(row.Seconds, (double)info["duration"]!, tolerance: 0.5);
        Assert.Equal(row.Uploaded, info.Text("upload_date"));
        Assert.Equal(row.Views, (long?)info["view_count"]);
        Assert.StartsWith("https://", info.Text("thumbnail_url"), StringComparison.Ordinal);
        Assert.False((bool)info["is_playlist"]!);
        Assert.False((bool)info["is_live"]!);
        table.HasRun(row, Cell.Metadata);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task The_sound_arrives_as_an_mp3(PlatformRow row)
    {
        var job = await CompleteAsync(
            new
            {
                url = row.Url,
                format = "mp3",
                quality = "128kbps",
            }
        );

        var made = await ProbeAsync(job);
        Assert.Equal("mp3", made.Format);
        Assert.Equal("mp3", made.Streams[0]);
        Assert.Equal(row.Seconds, made.Seconds, tolerance: 0.5);
        Assert.Equal(
            (row.Platform, row.Id, row.Title),
            (job.Text("platform"), job.Text("video_id"), job.Text("title"))
        );
        table.HasRun(row, Cell.Audio);
    }

    [Theory]
    [MemberData(nameof(WithPictures))]
    public async Task The_video_arrives_as_an_mp4_of_720_lines(PlatformRow row)
    {
        var job = await CompleteAsync(
            new
            {
                url = row.Url,
                format = "mp4",
                quality = "720p",
            }
        );

        var made = await ProbeAsync(job);
        Assert.Contains("mp4", made.Format, StringComparison.Ordinal);
        // Cover art may follow.
        Assert.Equal([$"h264 {row.Picture}", "aac"], made.Streams.Take(2));
        Assert.Equal(row.Seconds, made.Seconds, tolerance: 0.5);
        table.HasRun(row, Cell.Video);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task The_thumbnail_arrives_as_a_jpeg(PlatformRow row)
    {
        var job = await CompleteAsync(
            new
            {
                url = row.Url,
                format = "m4a",
                include_thumbnail = true,
            }
        );

        var picture = await _server.Public.GetAsync(new Uri(job.Text("thumbnail_url")));
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0xFF, 0xD8, 0xFF], (await picture.Content.ReadAsByteArrayAsync())[..3]);
        table.HasRun(row, Cell.Thumbnail);
    }

    [Theory]
    [MemberData(nameof(WithLists))]
    public async Task A_list_is_described_and_its_entries_arrive(PlatformRow row)
    {
        var list = row.List!;
        var info = await InfoAsync(list.Url);
        Assert.True((bool)info["is_playlist"]!);
        Assert.Equal(list.Title, info.Text("title"));
        Assert.Equal(list.Count, info.Number("playlist_count"));
        Assert.Equal(row.Platform, info.Text("platform"));

        var answer = await _server.DownloadAsync(
            new
            {
                url = list.Url,
                format = "mp3",
                playlist_items = "1-2",
            }
        );

        var jobs = answer["jobs"]!.AsArray();
        Assert.Equal([1, 2], jobs.Select(job => (int)job!["playlist_index"]!));
        foreach (var job in jobs)
        {
            var made = await ProbeAsync(await _server.CompletionOfAsync(job!.Number("id")));
            Assert.Equal("mp3", made.Format);
        }

        table.HasRun(row, Cell.Playlists);
    }

    [Fact]
    public async Task A_stream_on_air_is_recorded()
    {
        var row = PlatformRows.All.Single(row => row.Promised.Contains(Cell.LiveStreams));

        var job = await CompleteAsync(
            new
            {
                url = "https://www.youtube.com/watch?v=livenow0001",
                format = "mp4",
                max_duration = 3,
            }
        );

        Assert.Equal("youtube", job.Text("platform"));
        Assert.InRange((await ProbeAsync(job)).Seconds, 2, 6);
        table.HasRun(row, Cell.LiveStreams);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Every_form_of_the_address_leads_to_the_same_medium(PlatformRow row)
    {
        foreach (var form in row.Forms)
        {
            var info = await InfoAsync(form);
            Assert.Equal((form, row.Platform, row.Id), (form, info.Text("platform"), info.Text("video_id")));
            Assert.Equal((form, row.Title), (form, info.Text("title")));
        }

        table.AreAccepted(row);
    }

    private async Task<JsonNode> InfoAsync(string url) =>
        await (await _server.PostAsync("/api/v1/video/info", new { url, include_formats = true })).ReadOkAsync();

    private async Task<JsonNode> CompleteAsync(object request) =>
        await _server.CompletionOfAsync(await _server.StartAsync(request));

    private async Task<Probe> ProbeAsync(JsonNode job) =>
        await Probe.ReadAsync(await _server.Public.GetByteArrayAsync(new Uri(job.Text("download_url"))));
}
