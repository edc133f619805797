using System.Net.Http.Json;
using System.Security.Cryptography;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <summary>The server with all that it keeps on a disk of 24 MB, of which a test takes as much as it likes.</summary>
public abstract class FullDiskTests<TDatabase>
    where TDatabase : ITestDatabase
{
    private const long Disk = 24 << 20;
    private const long Room = 1_500_000;

    private static readonly (string Source, string Format)[] Wishes =
    [
        // Segments come, and nobody knows before how much they are.
        ("media/hls-ts/master.m3u8", "mp4"),
        // A file says its size.
        ("media/small.mp4", "mp4"),
        // The source goes in; its samples do not.
        ("media/audio.m4a", "wav"),
    ];

    [Fact]
    public async Task A_disk_that_fills_fails_the_job_and_the_next_goes_well_once_there_is_room()
    {
        await using var server = await DecantServer.PrepareAsync<TDatabase>(
            "Jobs:RetryDelays:0=00:00:00.02",
            "Jobs:RetryDelays:1=00:00:00.03",
            "Keep:MaxBytes=0"
        );
        var disk = new SmallDisk(server, Disk);
        using var process = await ServerProcess.StartAsync(server.Arguments, disk: disk);
        foreach (var (source, format) in Wishes)
        {
            var request = new { url = server.Origin($"{source}?disk"), format };
            var truth = await SumAsync(process, await process.Http.StartAsync(request));
            var files = disk.FilesIn("files");
            disk.Fill(leaving: Room);

            var failed = await process.Http.EndOfAsync(await process.Http.StartAsync(request));

            Assert.Equal(("FAILED", "overloaded"), (failed.Text("status"), failed["error"]!.Text("code")));
            Assert.Contains("disk", failed["error"]!.Text("message"), StringComparison.Ordinal);
            Assert.Equal(3, failed.Number("attempts"));
            Assert.Empty(disk.FilesIn("work"));
            Assert.Equal(files, disk.FilesIn("files"));
            Assert.Equal(0, failed.Number("credits_used"));
            Assert.Equal(0, await HeldAsync(process));
            disk.MakeRoom();
            Assert.Equal(truth, await SumAsync(process, await process.Http.StartAsync(request)));
        }
    }

    [Fact]
    public async Task With_no_room_at_all_a_job_is_refused_or_fails_and_says_why()
    {
        await using var server = await DecantServer.PrepareAsync<TDatabase>(
            "Jobs:RetryDelays:0=00:00:00.02",
            "Jobs:RetryDelays:1=00:00:00.03"
        );
        var disk = new SmallDisk(server, Disk);
        using var process = await ServerProcess.StartAsync(server.Arguments, disk: disk);
        var request = new { url = server.Origin("media/low.mp4?disk") };
        disk.Fill(leaving: 0);

        var answer = await process.Http.PostAsJsonAsync(JobFlow.Download, request);

        if (answer.IsSuccessStatusCode)
        {
            // The database has a disk of its own.
            var job = await process.Http.EndOfAsync((await answer.ReadOkAsync())["job"]!.Number("id"));
            Assert.Equal(("FAILED", "overloaded"), (job.Text("status"), job["error"]!.Text("code")));
        }
        else
        {
            await answer.ReadProblemAsync(503, "overloaded");
        }
        Assert.Equal(0, await HeldAsync(process));
        disk.MakeRoom();
        await process.Http.CompletionOfAsync(await process.Http.StartAsync(request));
    }

    private static async Task<string> SumAsync(ServerProcess process, long id)
    {
        var job = await process.Http.CompletionOfAsync(id);
        await using var file = await process.Http.GetStreamAsync(new Uri(job.Text("download_url")));
        return Convert.ToHexString(await SHA256.HashDataAsync(file));
    }

    private static async Task<long> HeldAsync(ServerProcess process) =>
        (await (await process.Http.GetAsync("/api/v1/api-wallet/balance")).ReadOkAsync()).Number("held_cents");
}

public sealed class FullDiskOnSqlite : FullDiskTests<Sqlite>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class FullDiskOnPostgres : FullDiskTests<Postgres>;
