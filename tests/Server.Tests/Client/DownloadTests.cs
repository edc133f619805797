using Decant.Client;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Client;

public abstract class DownloadTests(DecantServer server) : FolderTests(server)
{
    [Fact]
    public async Task One_call_brings_the_whole_file_and_tells_how_far_it_is()
    {
        using var client = Server.NewDecantClient();
        var told = new List<DownloadProgress>();

        var result = await client.DownloadAsync(
            Server.Origin("media/small.mp4?client"),
            Here with
            {
                OutputFilename = "../my film",
            },
            new Told<DownloadProgress>(told.Add),
            Stop
        );

        Assert.Equal(Path.Combine(Folder, Path.GetFileName(result.Path!)), result.Path);
        Assert.Equal(await SentAsync(result.Job), await FileAsync(result.Path!));
        Assert.Equal((result.Job.FileSize, "video/mp4"), (result.Length, result.ContentType));
        Assert.Equal(JobStatus.Completed, result.Job.Status);
        Assert.Equal(told.Select(now => now.Job.Progress).Order(), told.Select(now => now.Job.Progress));
        Assert.Equal(told.Select(now => now.BytesReceived).Order(), told.Select(now => now.BytesReceived));
        Assert.Equal(result.Length, told[^1].BytesReceived);
        Assert.Equal(result.Path, Assert.Single(Directory.GetFiles(Folder)));
    }

    [Fact]
    public async Task A_request_of_ones_own_name_finds_its_job_again()
    {
        using var client = Server.NewDecantClient();
        var options = new DownloadOptions { Format = "m4a", IdempotencyKey = $"{Guid.NewGuid()}" };

        var first = await client.SubmitAsync(Server.Origin("media/small.mp4?named"), options, Stop);
        var second = await client.SubmitAsync(Server.Origin("media/small.mp4?named"), options, Stop);

        Assert.Equal(first.Job.Id, second.Job.Id);
        Assert.True(first.EstimatedCredits > 0);
    }

    [Fact]
    public async Task Of_a_list_one_entry_is_brought_and_paid_for()
    {
        using var account = await Server.NewClientAsync();
        using var client = account.NewDecantClient();

        var result = await client.DownloadAsync(
            "https://www.youtube.com/playlist?list=PLdecant-lab-few-5",
            Here with
            {
                Format = "m4a",
                PlaylistItems = "2",
            },
            cancellationToken: Stop
        );

        Assert.Equal(2, result.Job.PlaylistIndex);
        Assert.Equal(1, (await client.ListJobsAsync(cancellationToken: Stop)).Total);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.DownloadAsync(
                "https://www.youtube.com/playlist?list=PLdecant-lab-few-5",
                Here with
                {
                    PlaylistItems = "1-3",
                },
                cancellationToken: Stop
            )
        );
    }

    [Fact]
    public async Task Looking_up_tells_what_there_is()
    {
        using var client = Server.NewDecantClient();

        var medium = await client.InfoAsync(LabPages.YouTube("client"), includeFormats: true, Stop);
        var list = await client.InfoAsync("https://www.youtube.com/playlist?list=PLdecant-lab-few-5", true, Stop);

        var said = await client.TranscriptAsync(LabPages.YouTube("client"), "de", Stop);

        Assert.True(medium.Duration > 0);
        Assert.Equal(("de", false), (said.Language, said.Automatic));
        Assert.All(said.Cues, cue => Assert.Contains(cue.Text, said.Text, StringComparison.Ordinal));
        Assert.True(said.Cues.Count > 1 && said.Cues[^1].Start > said.Cues[0].Start);
        Assert.Contains(medium.Formats, format => format is { FormatId: "140", VideoCodec: null, Format: "m4a" });
        Assert.Contains(medium.Subtitles, subtitle => subtitle is { Language: "de", Automatic: false });
        Assert.Equal((true, 5, 5), (list.IsPlaylist, list.PlaylistCount, list.Entries.Count));
    }
}

[Collection<ClientServers<Sqlite>>]
public sealed class DownloadsOnSqlite(ServerOn<Sqlite> on) : DownloadTests(on.Server);

[Collection<ClientServers<Postgres>>]
[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class DownloadsOnPostgres(ServerOn<Postgres> on) : DownloadTests(on.Server);
