using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <summary>Job numbers can be counted through; that shows nobody's job.</summary>
public sealed partial class StrangersTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private const long None = 987_654_321;

    private readonly DecantServer _server = on.Server;

    [Fact]
    public async Task Whatever_is_done_to_a_job_of_others_the_answer_is_that_of_a_job_that_is_not_there()
    {
        var files = new HeldFiles(_server.Lab);
        var theirs = await _server.StartAsync(new { url = files.Hold("theirs") });
        var stranger = await PublicJobAsync("public");
        using var nosy = await _server.NewClientAsync();
        var operations = await OperationsAsync();
        Assert.InRange(operations.Count, 13, 1000);

        foreach (var (method, path) in operations)
        {
            var none = await AskAsync(nosy, method, path, None);
            Assert.StartsWith("404 ", none);
            Assert.Equal(none, await AskAsync(nosy, method, path, theirs));
            Assert.Equal(none, await AskAsync(nosy, method, path, stranger.Number("id")));
        }

        Assert.Equal("PROCESSING", (await _server.JobAsync(theirs)).Text("status"));
        await _server.Http.DeleteAsync($"{JobFlow.Jobs}/{theirs}");
        files.Release();
    }

    [Fact]
    public async Task A_public_job_is_shown_for_its_own_token_alone_and_its_absence_looks_the_same()
    {
        var one = await PublicJobAsync("one");
        var other = await PublicJobAsync("other");
        string[] tokens =
        [
            "",
            "?token=",
            "?token=wrong",
            "?token=%00",
            $"?token={other.Text("access_token")}",
            $"?token={one.Text("access_token")}0",
            $"?token={one.Text("access_token").ToUpperInvariant()}",
        ];

        await (await _server.Public.GetAsync(new Uri(one.Text("status_url")))).ReadOkAsync();
        foreach (var token in tokens)
        {
            var none = await AskAsync(_server.Public, HttpMethod.Get, $"/api/v1/video/public/jobs/{{id}}{token}", None);
            Assert.StartsWith("404 ", none);
            Assert.Equal(
                none,
                await AskAsync(
                    _server.Public,
                    HttpMethod.Get,
                    $"/api/v1/video/public/jobs/{{id}}{token}",
                    one.Number("id")
                )
            );
        }
    }

    private async Task<JsonNode> PublicJobAsync(string name) =>
        (
            await (
                await _server.Public.PostAsJsonAsync(
                    "/api/v1/video/public/download",
                    new { url = _server.Origin($"media/small.mp4?strangers-{name}"), format = "mp3" }
                )
            ).ReadOkAsync()
        )["job"]!;

    /// <summary>Every operation on a job, as the document has them.</summary>
    private async Task<IReadOnlyList<(HttpMethod, string)>> OperationsAsync()
    {
        var document = JsonNode.Parse(await _server.Public.GetStringAsync("/openapi/v1.json"))!;
        return
        [
            .. document["paths"]!
                .AsObject()
                .Where(path => path.Key.Contains("/jobs/{id}", StringComparison.Ordinal))
                .SelectMany(path =>
                    path.Value!.AsObject().Select(one => (new HttpMethod(one.Key.ToUpperInvariant()), path.Key))
                ),
        ];
    }

    /// <returns>The answer without what is its own: the number asked for and the trace.</returns>
    private static async Task<string> AskAsync(HttpClient client, HttpMethod method, string path, long id)
    {
        using var request = new HttpRequestMessage(method, path.Replace("{id}", $"{id}", StringComparison.Ordinal));
        request.Content = method == HttpMethod.Get ? null : JsonContent.Create(new { title = "Mine" });
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        // The number as such: as a part of another it would change the status too.
        var nameless = Regex.Replace(
            TraceId().Replace(body, ""),
            $@"(?<!\d){id}(?!\d)",
            "N",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        return $"{(int)answer.StatusCode} {nameless}";
    }

    [GeneratedRegex("\"trace_id\":\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TraceId();
}
