using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Decant.Server.Tests.OpenApi;

/// <summary>What the server says of itself, to hold its answers against.</summary>
internal sealed partial class ApiDocument
{
    public const string Path = "/openapi/v1.json";

    private readonly Schemas _schemas;
    private readonly JsonElement _examples;
    private readonly List<(string[] Steps, string Method, string Name, JsonElement Responses)> _operations;

    private ApiDocument(JsonElement root)
    {
        _schemas = new Schemas(root.GetProperty("components").GetProperty("schemas"));
        _examples = root.GetProperty("components").GetProperty("examples");
        _operations =
        [
            .. root.GetProperty("paths")
                .EnumerateObject()
                .SelectMany(path =>
                    path.Value.EnumerateObject()
                        .Select(one =>
                            (
                                path.Name.TrimEnd('/').Split('/'),
                                one.Name.ToUpperInvariant(),
                                $"{one.Name.ToUpperInvariant()} {path.Name}",
                                one.Value.GetProperty("responses")
                            )
                        )
                ),
        ];
    }

    public static ApiDocument Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new ApiDocument(document.RootElement.Clone());
    }

    /// <summary>Every status and code that an operation says it may refuse with.</summary>
    public IEnumerable<(string Operation, int Status, string Code)> Refusals =>
        from operation in _operations
        from response in operation.Responses.EnumerateObject()
        where response.Name != "default"
        from code in CodesOf(response.Value)
        select (operation.Name, int.Parse(response.Name, CultureInfo.InvariantCulture), code);

    /// <returns>Problem documents that an operation shows for one of its refusals.</returns>
    public IEnumerable<JsonElement> ExamplesOf(string operation, int status, string code) =>
        ExamplesOf(_operations.Single(one => one.Name == operation).Responses.GetProperty($"{status}"), code);

    /// <returns>The same, of the operation at a path as it was sent.</returns>
    public IEnumerable<JsonElement> ExamplesAt(string method, string path, int status, string code) =>
        ExamplesOf(Find(method, path).Responses.GetProperty($"{status}"), code);

    /// <returns>What the answer has that the document does not say; null where it says all of it, or knows nothing of such a request.</returns>
    /// <param name="method">Of the request.</param>
    /// <param name="path">Of the request, as it was sent.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="type">Its media type.</param>
    /// <param name="body">All of it, where it is JSON.</param>
    public string? FaultOf(string method, string path, int status, string? type, string body)
    {
        var found = Find(method, path);
        return found.Name is null ? null
            : FaultOf(method, found.Responses, status, type, body) is { } fault ? $"{found.Name} {fault}"
            : null;
    }

    private (string[] Steps, string Method, string Name, JsonElement Responses) Find(string method, string path)
    {
        var steps = path.TrimEnd('/').Split('/');
        return _operations
            .Where(operation => operation.Method == method && IsAt(operation.Steps, steps))
            .OrderBy(operation => operation.Steps.Count(step => step.StartsWith('{')))
            .FirstOrDefault();
    }

    private string? FaultOf(string method, JsonElement responses, int status, string? type, string body)
    {
        var isHead = method == "HEAD";
        // The framework's own: that there is no such operation, and what is no request at all.
        if (status == 405 || (status is 400 or 414 or 431 && type is null && body.Length == 0))
        {
            return null;
        }

        if (!responses.TryGetProperty($"{status}", out var response))
        {
            return $"does not list {status}: {body}";
        }

        if (isHead)
        {
            return null;
        }

        if (!response.TryGetProperty("content", out var content))
        {
            return body.Length == 0 ? null : $"lists {status} without content: {body}";
        }

        if (type is null || !content.TryGetProperty(type, out var media))
        {
            return body.Length == 0 && status is 204 or 304 ? null : $"does not list {type} for {status}: {body}";
        }

        if (!type.EndsWith("json", StringComparison.Ordinal) || !media.TryGetProperty("schema", out var schema))
        {
            return null;
        }

        using var json = JsonDocument.Parse(body);
        if (
            type == "application/problem+json"
            && json.RootElement.GetProperty("code").GetString() is { } code
            && !CodesOf(response).Contains(code)
        )
        {
            return $"does not list {code} for {status}: {body}";
        }

        if (
            type == "application/problem+json"
            && UnshownOf(response, json.RootElement).ToList() is { Count: > 0 } unshown
        )
        {
            return $"has no example with {string.Join(", ", unshown)} for {status}: {body}";
        }

        return _schemas.FaultOf(json.RootElement, schema, isStrict: status < 400) is { } fault
            ? $"{status}: {fault}: {body}"
            : null;
    }

    /// <summary>Members of a refusal that no example of its code has; <c>errors</c> may come with any, where a field is to blame.</summary>
    private IEnumerable<string> UnshownOf(JsonElement response, JsonElement problem) =>
        NamesOf(problem)
            .Except(
                ExamplesOf(response, problem.GetProperty("code").GetString()!).SelectMany(NamesOf).Append("errors")
            );

    private IEnumerable<JsonElement> ExamplesOf(JsonElement response, string code) =>
        from content in response.GetProperty("content").EnumerateObject()
        where content.Value.TryGetProperty("examples", out _)
        from example in content.Value.GetProperty("examples").EnumerateObject()
        where example.Value.TryGetProperty("$ref", out _)
        let problem = _examples
            .GetProperty(example.Value.GetProperty("$ref").GetString()!.Split('/')[^1])
            .GetProperty("value")
        where problem.GetProperty("code").GetString() == code
        select problem;

    private static IEnumerable<string> NamesOf(JsonElement problem) =>
        problem.EnumerateObject().Select(member => member.Name);

    private static bool IsAt(string[] template, string[] steps) =>
        template.Length == steps.Length
        && template.Zip(steps).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    private static IEnumerable<string> CodesOf(JsonElement response) =>
        Code().Matches(response.GetProperty("description").GetString()!).Select(match => match.Groups["code"].Value);

    [GeneratedRegex("`(?<code>[a-z_]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
