using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Decant.Server.Hosting.Logs;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Server.Tests.Files;

/// <summary>Text of strangers is data, wherever it comes out: in JSON, headers, archives, events and logs.</summary>
public sealed class HostileTextTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
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
        "CON", // A device of Windows.
    ];

    private readonly DecantServer _server = on.Server;

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
            .Concat(Texts.Select(object (text) => new { url = Address("titled/page?title=", text), format = "m4a" }))
            .ToList();
        var bulk = await (await _server.PostAsync("/api/v1/video/bulk-download", new { downloads })).ReadOkAsync();
        Assert.Empty(bulk["errors"]!.AsArray());

        foreach (var job in bulk["jobs"]!.AsArray())
        {
            var done = await _server.CompletionOfAsync(job!.Number("id"));
            using var file = await _server.Public.GetAsync(done.Text("download_url"));
            Assert.False(file.Headers.Contains("X-Injected"));
            AssertPlain(NameIn(file.Content.Headers.ContentDisposition!), "m4a");
        }

        var names = bulk["jobs"]!.AsArray().Take(Texts.Length).Select(job => job!.Text("output_filename"));
        Assert.Equal(Texts, names);
        await AssertArchiveAsync(bulk.Text("batch_id"));
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("a\u001b[2Jb\u0007")]
    [InlineData("a\u2028b\u0085c")]
    public void A_line_of_the_log_is_one_line_whatever_is_said_in_it(string text)
    {
        using var written = new StringWriter();

        new TextLog(TimeProvider.System).Write(
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
        Assert.DoesNotContain(line.TrimEnd('\r', '\n'), letter => char.IsControl(letter) || letter is '\u2028');
    }

    private async Task AssertArchiveAsync(string batch)
    {
        var bytes = await _server.Http.GetByteArrayAsync($"/api/v1/video/video-download/batches/{batch}/archive");
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(2 * Texts.Length, zip.Entries.Count);
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

    private string Address(string path, string text) => _server.Origin(path + Uri.EscapeDataString(text));
}
