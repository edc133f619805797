using System.Text.Json.Nodes;
using Decant.Server.Hosting.Logs;
using Decant.Server.Tests.Fixture;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Decant.Server.Tests.Hosting;

public sealed class LogTests
{
    [Fact]
    public void A_line_for_people_says_what_it_is_about_and_is_one_line()
    {
        var line = Write(new TextLog(new ManualTime()));

        Assert.Equal(1, line.Count(character => character == '\n'));
        Assert.Contains(
            "warn: Decant[7] It broke, twice [job 12, account 3, trace abc]",
            line,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_line_for_programs_is_one_object()
    {
        var line = JsonNode.Parse(Write(new JsonLog(new ManualTime())))!;

        Assert.Equal(
            ("warning", "Decant", "12", "3", "abc"),
            (
                (string)line["level"]!,
                (string)line["category"]!,
                (string)line["job"]!,
                (string)line["account"]!,
                (string)line["trace"]!
            )
        );
        Assert.Equal("2026-01-01T00:00:00+00:00", (string)line["time"]!);
    }

    private static string Write(ConsoleFormatter formatter)
    {
        var scopes = new LoggerExternalScopeProvider();
        using var outer = scopes.Push(Fields(("TraceId", "abc"), ("JobId", 1), ("AccountId", 3)));
        using var writer = new StringWriter { NewLine = "\n" };
        formatter.Write(
            new LogEntry<KeyValuePair<string, object?>[]>(
                LogLevel.Warning,
                "Decant",
                new EventId(7),
                Fields(("JobId", 12)),
                null,
                (_, _) => "It broke,\ntwice"
            ),
            scopes,
            writer
        );
        return writer.ToString();
    }

    private static KeyValuePair<string, object?>[] Fields(params (string Name, object Value)[] fields) =>
        [.. fields.Select(field => new KeyValuePair<string, object?>(field.Name, field.Value))];
}
