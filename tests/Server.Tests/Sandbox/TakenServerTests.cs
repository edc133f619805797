using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Decant.Engine;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Sandbox;

/// <summary>Children that somebody else has taken over, under the real server, and all of its that they would like to have.</summary>
[SupportedOSPlatform("linux")]
[Long]
public sealed class TakenServerTests(TakenServer taken, ITestOutputHelper output) : IClassFixture<TakenServer>
{
    private const string Info = "/api/v1/video/info";

    private HttpClient Http => taken.Process.Http;

    [Fact]
    public async Task A_hostile_ffmpeg_gets_nothing_of_the_servers()
    {
        var rows = await TellRowsAsync();

        var job = await EndOfAsync("rows");

        Assert.Equal("FAILED", job.Text("status"));
        AssertRefused(rows, await taken.SaidByProgramAsync());
    }

    [Theory]
    [InlineData("extractor")]
    [InlineData("runtime")]
    public async Task A_hostile_extractor_and_its_JavaScript_runtime_get_nothing_of_the_servers(string which)
    {
        var rows = await TellRowsAsync();

        var info = await (await LookAsync(which)).ReadOkAsync();

        var said = (info["data"] ?? info)["title"]!.GetValue<string>();
        // The extractor has its pipe to its parent and its line to the host; the directory of both is removed by a program of its own.
        AssertRefused(
            [
                .. rows.Select(row =>
                    row.Row == "mk" || (row.Row == "fd" && which == "extractor") ? row with { IsItsOwn = true } : row
                ),
            ],
            said
        );
    }

    [Theory]
    [InlineData("spin", "takes more of the processor")]
    [InlineData("fork", "takes more of the processor")]
    [InlineData("eat", "could not be converted")]
    [InlineData("sleep", "stood still")]
    public async Task A_hostile_ffmpeg_that_takes_what_there_is_is_ended_in_seconds(string mode, string reason)
    {
        await taken.TellAsync(mode);
        var took = Stopwatch.StartNew();

        var job = await EndOfAsync(mode);

        output.WriteLine(FormattableString.Invariant($"{mode}: {took.Elapsed.TotalSeconds:0.0} s"));
        Assert.Equal("FAILED", job.Text("status"));
        Assert.Contains(reason, job["error"]!.Text("message"), StringComparison.Ordinal);
        await (await Http.GetAsync("/healthz")).ReadOkAsync();
    }

    [Theory]
    [InlineData("spin", "too much of the processor")]
    [InlineData("eat", "more than can be read")]
    public async Task A_hostile_extractor_that_takes_what_there_is_is_ended_in_seconds(string mode, string reason)
    {
        await taken.TellAsync("rows", []);
        var took = Stopwatch.StartNew();

        var answer = await LookAsync(mode);

        output.WriteLine(FormattableString.Invariant($"{mode}: {took.Elapsed.TotalSeconds:0.0} s"));
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        // Where others work so much that its processor time lasts longer than its deadline, that ends it; around it, either does.
        if (problem.Text("code") == "source_timeout")
        {
            Assert.True(took.Elapsed >= new EngineOptions().InspectTimeout, $"It timed out after {took.Elapsed}.");
        }
        else
        {
            Assert.Equal("source_failed", problem.Text("code"));
            Assert.Contains(reason, problem.Text("detail"), StringComparison.Ordinal);
        }

        await (await Http.PostAsJsonAsync(Info, new { url = taken.Origin("page/video") })).ReadOkAsync();
    }

    private static void AssertRefused(IReadOnlyList<HostileRow> rows, string said)
    {
        Assert.Equal(rows.Count, said.Length);
        Assert.Equal(
            rows.Select(row => $"{row.Words}: {(row.IsItsOwn ? "done" : "refused")}"),
            rows.Zip(said, (row, one) => $"{row.Words}: {(one == 'x' ? "done" : "refused")}")
        );
    }

    private async Task<IReadOnlyList<HostileRow>> TellRowsAsync()
    {
        var rows = await RowsAsync();
        // What is not there is refused by nobody.
        var missing = rows.Where(row => row.Target.StartsWith('/') && row.Row is "re" or "op" or "ls")
            .Where(row => !Path.Exists(row.Target))
            .Select(row => row.Target);
        Assert.Empty(missing);
        await taken.TellAsync("rows", rows);
        return rows;
    }

    private async Task<IReadOnlyList<HostileRow>> RowsAsync()
    {
        var (server, data) = (taken.Process.Id, taken.DataDirectory);
        var otherJob = Directory.CreateDirectory(Path.Combine(data, "work", "4711-another")).FullName;
        var ring = Directory.CreateDirectory(Path.Combine(data, "keys")).FullName;
        // Keys are in the database today; as files they are there of an older version.
        string[] secrets =
        [
            Path.Combine(otherJob, "source"),
            Path.Combine(ring, "key-1.xml"),
            Path.Combine(data, "link.key"),
        ];
        foreach (var secret in secrets)
        {
            await File.WriteAllTextAsync(secret, "secret");
        }

        return
        [
            new("have a descriptor of somebody else's", "fd", "-"),
            new("find the server's secrets in its environment", "en", TakenServer.Secret),
            new("write in its own directory", "wr", "hostile-own", IsItsOwn: true),
            new("read there", "re", "hostile-own", IsItsOwn: true),
            new("read the server's environment", "re", $"/proc/{server}/environ"),
            new("open the server's memory", "op", $"/proc/{server}/mem"),
            new("read where it lies", "op", $"/proc/{server}/maps"),
            new("list what the server has open", "ls", $"/proc/{server}/fd"),
            new("list its root directory", "ls", $"/proc/{server}/root"),
            new("list its directory", "ls", $"/proc/{server}/cwd"),
            new("read its command line", "op", $"/proc/{server}/cmdline"),
            new("read the server's memory", "vm", $"{server}"),
            new("trace the server", "pt", $"{server}"),
            new("signal the server", "ki", $"{server}"),
            new("have a descriptor signal it", "ow", $"{server}"),
            new("list --data", "ls", data),
            new("read the database", "re", Path.Combine(data, "decant.db")),
            new("write to the database", "wr", Path.Combine(data, "decant.db")),
            new("open the database to others", "cm", Path.Combine(data, "decant.db")),
            new("read the key ring", "re", secrets[1]),
            new("read the link key", "re", secrets[2]),
            new("list another job's directory", "ls", otherJob),
            new("read another job's file", "re", secrets[0]),
            new("write to another job's directory", "wr", Path.Combine(otherJob, "hostile")),
            new("remove another job's file", "rm", secrets[0]),
            new("make a link to the database, for the server to follow", "sy", Path.Combine(data, "decant.db")),
            new("make a pipe, for the server to wait at", "fi", "-"),
            new("make a directory that is shut to the server", "mk", "-"),
            new("connect to the fork server's socket", "ab", await taken.ForkServerNameAsync()),
            new("connect to the server's own port", "tc", $"127.0.0.1:{Http.BaseAddress!.Port}"),
            new("connect to an internal service", "tc", $"127.0.0.1:{taken.InternalService.Port}"),
            new("connect to an internal address", "tc", "10.0.0.1:80"),
            new("connect to an external address", "tc", "192.0.2.1:443"),
            new("send by UDP", "ud", "10.0.0.1:53"),
            new("listen", "li", "0"),
            new("read /etc/shadow", "re", "/etc/shadow"),
            new("start a program", "ex", "/bin/true"),
            // In a namespace of its own, where the tests are not root, there is no other user to become.
            new("be root", "ro", "-", IsItsOwn: !Environment.IsPrivilegedProcess),
            new("have a capability", "ca", "-"),
            new("gain privileges by a program", "np", "-"),
        ];
    }

    private Task<HttpResponseMessage> LookAsync(string which) =>
        Http.PostAsJsonAsync(Info, new { url = taken.Origin($"page/hostile-{which}") });

    /// <summary>Waits for long: what ends a program is processor time, which takes long to use up where others work, too.</summary>
    private async Task<JsonNode> EndOfAsync(string name) =>
        await Http.EndOfAsync(
            await Http.StartAsync(new { url = taken.Origin($"media/small.mp4?taken-{name}"), format = "mkv" }),
            // The limit is one of processor time, of which a child that yields to everybody gets little where others work.
            patience: TimeSpan.FromMinutes(15)
        );
}
