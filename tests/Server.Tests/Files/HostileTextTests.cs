using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Hosting.Logs;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Decant.Server.Tests.Files;

/// <summary>Text of strangers is data, wherever it comes out: in JSON, headers, archives, events and logs.</summary>
public abstract class HostileTextTests(DecantServer server)
{
    private static readonly string[] Texts =
    [
        "../../../../etc/passwd",
        "..\\..\\windows\\system32\\evil.exe",
        "\"><script>alert(1)</script><img src=x onerror=alert(2)>",
        "name\r\nX-Injected: 1\r\n\r\n<html>",
        "\u001b[2J\u001b]0;owned\u0007 \u202Egpj.exe \u200B\u2028data: {\"id\": 1}",
        "=cmd|' /C calc'!A0; filename=\"other.exe\"; filename*=UTF-8''evil.exe",
        "'; DROP TABLE \"Jobs\"; -- ${jndi:ldap://x} {{7*7}} %s%n {0}",
        new string('\u00e9', 240),
        "\U0001F469\u200D\U0001F469\u200D\U0001F467 \U0001F9A6\uFE0F e\u0301",
        "CON", // A device of Windows.
    ];

    /// <summary>Places where a source says what it is called.</summary>
    private static readonly string[] Places = ["page", "jsonld", "sound.mp3", "named.mp4"];

    /// <summary>Such as only a source can say: a file's name with NUL in it is refused.</summary>
    private static readonly string[] SourceTexts = [.. Texts, "before\0after"];

    [Fact]
    public async Task A_hostile_title_or_name_is_shown_as_it_is_and_saves_as_a_plain_name()
    {
        var downloads = Texts
            .Select(
                object (text) =>
                    new
                    {
                        url = Address("media/small.mp4?name=", text),
                        output_filename = text,
                        format = "m4a",
                    }
            )
            .Concat(SourceTexts.Select((text, index) => Titled(Places[index % Places.Length], text)))
            .Concat(SourceTexts.Select((text, index) => Titled(Places[(index + 2) % Places.Length], text)))
            .Append(Titled("page", $"{new string('x', 99)} ", "&times=100"))
            // Half a pair, which is JSON and no text.
            .Append(new { url = server.Origin("titled/jsonld?raw=half%20%5Cud800%20a%20pair"), format = "m4a" })
            .ToList();
        var bulk = await (await server.PostAsync("/api/v1/video/bulk-download", new { downloads })).ReadOkAsync();
        Assert.True(bulk["errors"]!.AsArray().Count == 0, bulk["errors"]!.ToJsonString());

        foreach (var job in bulk["jobs"]!.AsArray())
        {
            var done = await server.CompletionOfAsync(job!.Number("id"));
            Assert.DoesNotContain(done.Text("title"), char.IsControl);
            using var file = await server.Public.GetAsync(done.Text("download_url"));
            Assert.False(file.Headers.Contains("X-Injected"));
            AssertPlain(NameIn(file.Content.Headers.ContentDisposition!), "m4a");
            await AssertOneEventAsync(done);
        }

        var names = bulk["jobs"]!.AsArray().Take(Texts.Length).Select(job => job!.Text("output_filename"));
        Assert.Equal(Texts, names);
        await AssertArchiveAsync(bulk.Text("batch_id"), downloads.Count);
    }

    [Fact]
    public async Task A_hostile_author_is_shown_as_he_is()
    {
        foreach (var text in SourceTexts)
        {
            var info = await (
                await server.PostAsync("/api/v1/video/info", new { url = Address("titled/jsonld?title=", text) })
            ).ReadOkAsync();

            var shown = info.Text("uploader");
            Assert.DoesNotContain(shown, letter => char.IsControl(letter) && letter != '\n');
            Assert.Equal(Words(text), Words(shown));
        }

        // Without what is not text, and however spaces and quotes are told.
        static string Words(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
    }

    [Fact]
    public async Task A_title_or_a_name_that_no_database_holds_is_refused()
    {
        var id = await server.StartAsync(new { url = Address("media/small.mp4?name=", "refused"), format = "m4a" });
        await server.CompletionOfAsync(id);

        foreach (var text in (string[])["a\0b", new string('x', 10_000)])
        {
            var title = await server.Http.PutAsJsonAsync($"{JobFlow.Jobs}/{id}", new { title = text });
            await title.ReadProblemAsync(400, "invalid_request");
            var name = await server.PostAsync(
                JobFlow.Download,
                new { url = Address("media/small.mp4?name=", "refused"), output_filename = text }
            );
            await name.ReadProblemAsync(400, "invalid_request");
        }
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("a\u001b[2Jb\u0007\0")]
    [InlineData("a\u2028b\u0085c")]
    [InlineData("a\u202Egpj.exe\u2066b")]
    public void A_line_of_the_log_is_one_line_whatever_is_said_in_it(string text)
    {
        foreach (var format in (ConsoleFormatter[])[new TextLog(TimeProvider.System), new JsonLog(TimeProvider.System)])
        {
            using var written = new StringWriter();

            format.Write(
                new LogEntry<string>(
                    LogLevel.Information,
                    "Test",
                    new EventId(1),
                    text,
                    new InvalidOperationException(text),
                    (state, _) => state
                ),
                scopeProvider: null,
                written
            );

            var line = written.ToString();
            Assert.EndsWith("\n", line);
            Assert.DoesNotContain(
                line.TrimEnd('\r', '\n'),
                // Nor what turns the rest of a line around in a terminal.
                letter => char.IsControl(letter) || letter is '\u2028' or '\u202E' or '\u2066'
            );
        }
    }

    /// <summary>The stream of a job that has ended: one event, whatever line breaks its title has.</summary>
    private async Task AssertOneEventAsync(JsonNode job)
    {
        var stream = await server.Http.GetStringAsync($"{JobFlow.Jobs}/{job.Number("id")}/events");

        var lines = stream.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["event", "data", "id"], lines.Select(line => line.Split(':')[0]));
        Assert.Equal(job.Text("title"), JsonNode.Parse(lines[1]["data:".Length..])!.Text("title"));
    }

    private object Titled(string place, string text, string more = "") =>
        new { url = Address($"titled/{place}?title=", text) + more, format = "m4a" };

    private async Task AssertArchiveAsync(string batch, int count)
    {
        var bytes = await server.Http.GetByteArrayAsync($"/api/v1/video/video-download/batches/{batch}/archive");
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(count, zip.Entries.Count);
        Assert.All(zip.Entries, entry => AssertPlain(entry.FullName, "m4a"));
        Assert.Equal(
            zip.Entries.Count,
            zip.Entries.Select(entry => entry.FullName.ToUpperInvariant()).Distinct().Count()
        );
    }

    private static void AssertPlain(string name, string extension)
    {
        Assert.EndsWith($".{extension}", name);
        Assert.InRange(name.Length, 5, 255);
        Assert.DoesNotContain(
            name,
            letter => char.IsControl(letter) || letter is '/' or '\\' or ':' or '"' or '<' or '>' or '|'
        );
        Assert.DoesNotContain(name, letter => letter is '\u202E' or '\u200B' or '\u2028');
        Assert.False(name.StartsWith('.'), name);
        Assert.NotEqual("CON", Path.GetFileNameWithoutExtension(name).ToUpperInvariant());
    }

    private static string NameIn(ContentDispositionHeaderValue header) =>
        header.FileNameStar ?? header.FileName!.Trim('"');

    private string Address(string path, string text) => server.Origin(path + Uri.EscapeDataString(text));
}

public sealed class HostileTextOnSqlite(ServerOn<Sqlite> on)
    : HostileTextTests(on.Server),
        IClassFixture<ServerOn<Sqlite>>;

public sealed class HostileTextOnPostgres(ServerOn<Postgres> on)
    : HostileTextTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
