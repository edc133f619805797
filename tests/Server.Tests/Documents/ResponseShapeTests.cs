using System.Net.Http.Json;
using System.Text.Json;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Documents;

/// <summary>Every field of the documents' response samples is in our answers, under its name and with its type.</summary>
public abstract class ResponseShapeTests(DecantServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metadata_has_the_documents_shape() =>
        await HasShapeAsync(
            "info",
            await PostAsync("/api/v1/video/info", new { url = LabPages.YouTube("shape"), include_formats = true })
        );

    [Fact]
    public async Task A_job_has_the_documents_shape_when_it_is_made_and_when_it_is_done()
    {
        var created = await PostAsync(
            "/api/v1/video/download",
            new
            {
                url = LabPages.YouTube("shape"),
                format = "mp4",
                quality = "1080p",
                include_thumbnail = true,
            }
        );
        await HasShapeAsync("download", created);
        var path = $"/api/v1/video/video-download/jobs/{created.GetProperty("job").GetProperty("id")}";
        // The stream of events ends with the job.
        await server.Http.GetStringAsync($"{path}/events", Stop);
        await HasShapeAsync("job-completed", await GetAsync(path));
        await HasShapeAsync("stats", await GetAsync("/api/v1/video/video-download/stats"));
    }

    [Fact]
    public async Task The_lists_of_formats_have_the_documents_shape()
    {
        await HasShapeAsync("public-formats", await GetAsync("/api/v1/video/video-download/public/formats"));
        await HasShapeAsync("formats", await GetAsync("/api/v1/video/video-download/formats"));
    }

    private static async Task HasShapeAsync(string sample, JsonElement answer)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Documents", "Responses", $"{sample}.json");
        using var documented = JsonDocument.Parse(await File.ReadAllTextAsync(path, Stop));
        var differences = Differences(sample, documented.RootElement, answer).ToList();
        Assert.True(differences.Count == 0, $"{string.Join('\n', differences)}\nin {answer}");
    }

    /// <summary>Tallies have the documents' names only where there were such downloads; a format without sound has no audio codec.</summary>
    private static IEnumerable<string> Differences(string at, JsonElement documented, JsonElement actual)
    {
        var isAbsentStream =
            at.EndsWith("[].audio_codec", StringComparison.Ordinal) && actual.ValueKind == JsonValueKind.Null;
        if (!isAbsentStream && TypeOf(documented) != TypeOf(actual))
        {
            return [$"{at} should be a {TypeOf(documented)} and is a {TypeOf(actual)}"];
        }
        return documented.ValueKind switch
        {
            JsonValueKind.Object when at.Contains("downloads_by_", StringComparison.Ordinal) => actual
                .EnumerateObject()
                .Where(tally => tally.Value.ValueKind != JsonValueKind.Number)
                .Select(tally => $"{at}.{tally.Name} should be a number"),
            JsonValueKind.Object => documented
                .EnumerateObject()
                .SelectMany(field =>
                    actual.TryGetProperty(field.Name, out var value)
                        ? Differences($"{at}.{field.Name}", field.Value, value)
                        : [$"{at}.{field.Name} is missing"]
                ),
            JsonValueKind.Array => actual.GetArrayLength() == 0
                ? [$"{at} is empty"]
                : actual.EnumerateArray().SelectMany(item => MatchesAny($"{at}[]", documented, item)),
            _ => [],
        };
    }

    /// <summary>The documents show a video format and an audio format, with different fields: an item is like one of them.</summary>
    private static List<string> MatchesAny(string at, JsonElement samples, JsonElement item)
    {
        var readings = samples.EnumerateArray().Select(sample => Differences(at, sample, item).ToList()).ToList();
        return readings.MinBy(differences => differences.Count)!;
    }

    private static string TypeOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var answer = await server.PostAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private Task<JsonElement> GetAsync(string path) => server.Http.GetFromJsonAsync<JsonElement>(path, Stop);
}

public sealed class ResponseShapeTestsOnSqlite(ServerOn<Sqlite> on)
    : ResponseShapeTests(on.Server),
        IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class ResponseShapeTestsOnPostgres(ServerOn<Postgres> on)
    : ResponseShapeTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
