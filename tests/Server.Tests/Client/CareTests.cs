using Decant.Client;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Client;

/// <summary>A file that is in the way, and the forms in which a server's address is given.</summary>
public sealed class CareTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("decant-care-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_is_in_the_way_is_asked_about_before_anything_is_paid()
    {
        using var client = on.Server.NewDecantClient();
        var path = await TakenAsync("taken.mp3");
        var before = (await client.ListJobsAsync(cancellationToken: Stop)).Total;
        var options = new DownloadOptions { Format = "mp3", Path = path };
        var url = on.Server.Origin("media/small.mp4?taken");

        var refusal = await Assert.ThrowsAsync<DecantException>(() => client.DownloadAsync(url, options, null, Stop));

        Assert.Equal(DecantException.FileExists, refusal.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(path, Stop));
        Assert.Equal(before, (await client.ListJobsAsync(cancellationToken: Stop)).Total);

        var replaced = await client.DownloadAsync(url, options with { Replace = true }, null, Stop);

        Assert.Equal(path, replaced.Path);
        Assert.Equal(replaced.Length, new FileInfo(path).Length);
    }

    [Fact]
    public async Task A_file_that_comes_into_the_way_meanwhile_stays_too()
    {
        using var client = on.Server.NewDecantClient();
        var job = (
            await client.SubmitAsync(on.Server.Origin("media/small.mp4?meanwhile"), new() { Format = "mp3" }, Stop)
        ).Job;
        await foreach (var seen in client.WatchAsync(job.Id, Stop))
        {
            job = seen;
        }

        var path = Path.Combine(_directory.FullName, "meanwhile.mp3");
        var refusal = await Assert.ThrowsAsync<DecantException>(() =>
            client.FetchAsync(
                job,
                path,
                new Told<DownloadProgress>(_ => File.WriteAllText(path, "theirs")),
                false,
                Stop
            )
        );

        Assert.Equal(DecantException.FileExists, refusal.Code);
        Assert.Equal("theirs", await File.ReadAllTextAsync(path, Stop));
        Assert.Equal([path], Directory.GetFiles(_directory.FullName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/")]
    [InlineData("/API/V1")]
    public async Task A_servers_address_is_good_with_and_without_the_APIs_path(string path)
    {
        var address = new Uri(on.Server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path);
        using var client = new DecantClient(address, DecantCredential.ApiKey(DecantServer.Key));

        Assert.True((await client.ListJobsAsync(cancellationToken: Stop)).Total >= 0);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task<string> TakenAsync(string name)
    {
        var path = Path.Combine(_directory.FullName, name);
        await File.WriteAllTextAsync(path, "mine", Stop);
        return path;
    }
}
