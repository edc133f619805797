using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Decant.Server.Tests.Fuzz;

/// <summary>A request to one operation that is right but for what a seed made wrong with it.</summary>
internal sealed class Request
{
    private const string Hole = "@hole@";
    private static readonly UriCreationOptions AsItStands = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    private readonly Operation _operation;
    private readonly Targets _targets;
    private readonly Dictionary<string, string> _values = [];
    private readonly List<(string Name, string Value)> _headers = [];
    private string _extraQuery = "";
    private string? _contentType;
    private byte[]? _body;
    private bool _isOwn = true;

    private Request(Operation operation, Targets targets)
    {
        _operation = operation;
        _targets = targets;
        _contentType = operation.ContentType;
        Fill(new Sample(operation, targets.Url).Body?.ToJsonString());
    }

    /// <summary>What is wrong with it.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>With one to three faults, the same ones for the same seed.</summary>
    public static Request Make(Operation operation, Targets targets, int seed)
    {
        var random = new Random(seed);
        var request = new Request(operation, targets) { _isOwn = random.Next(2) == 0 };
        for (var faults = random.Next(4) == 0 ? 3 : 1; faults > 0; faults--)
        {
            request.Spoil(random);
        }

        return request;
    }

    /// <summary>One for every place of the body, with this JSON in it.</summary>
    public static IEnumerable<Request> WithEverywhere(Operation operation, Targets targets, string json) =>
        Sample
            .Places(new Sample(operation, targets.Url).Body)
            .Select(place =>
            {
                var request = new Request(operation, targets);
                request.Put(place, json);
                return request;
            });

    public HttpRequestMessage ToMessage(Uri server)
    {
        var path = _operation.Path;
        var query = new StringBuilder(_extraQuery);
        foreach (var parameter in _operation.Parameters)
        {
            var value = _values.GetValueOrDefault(parameter.Name);
            if (parameter.In == "path")
            {
                path = path.Replace(
                    $"{{{parameter.Name}}}",
                    value ?? _targets.PathValue(_operation, parameter.Name, _isOwn),
                    StringComparison.Ordinal
                );
            }
            else if (parameter.In == "query" && value is not null)
            {
                query.Append('&').Append(parameter.Name).Append('=').Append(value);
            }
        }

        var text = query.Length == 0 ? "" : $"?{query.ToString().TrimStart('&')}";
        var message = new HttpRequestMessage(
            _operation.Method,
            new Uri($"{server.GetLeftPart(UriPartial.Authority)}{path}{text}", AsItStands)
        );
        message.Headers.TryAddWithoutValidation("X-API-Key", _targets.KeyFor(_operation));
        if (_body is not null)
        {
            message.Content = new ByteArrayContent(_body);
            if (_contentType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", _contentType);
            }
        }

        foreach (var (name, value) in _headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private void Spoil(Random random)
    {
        switch (random.Next(_body is null ? 3 : 10))
        {
            case 0 or 1 when _operation.Parameters.Count > 0:
                var parameter = Pick(random, _operation.Parameters);
                var value = Pick(random, Hostile.Texts);
                _values[parameter.Name] = value;
                Note($"{parameter.Name}={value}");
                break;
            case 0:
                _extraQuery = $"&{Pick(random, Hostile.Texts)}={Pick(random, Hostile.Texts)}&limit=1&limit=2&id=3";
                Note(_extraQuery);
                break;
            case 1 or 2:
                var header = Pick(random, Hostile.Headers);
                _headers.Add(header);
                Note($"{header.Name}: {header.Value}");
                break;
            case 3:
                _contentType = Pick(random, Hostile.ContentTypes);
                Note($"Content-Type: {_contentType ?? "none"}");
                break;
            case 4:
                SpoilBytes(random);
                break;
            default:
                var places = Sample.Places(new Sample(_operation, _targets.Url).Body).ToList();
                Put(Pick(random, places), Pick(random, Hostile.Json));
                break;
        }
    }

    private void SpoilBytes(Random random)
    {
        var body = _body!;
        switch (random.Next(8))
        {
            case 0:
                _body = body[..random.Next(body.Length)];
                Note($"cut to {_body.Length} bytes");
                break;
            case 1 or 2:
                _body = [.. body];
                var at = random.Next(Math.Max(1, body.Length));
                if (body.Length > 0)
                {
                    _body[at] = (byte)Pick(random, [0x00, 0x80, 0xC0, 0xED, 0xFF, '"', '\\', '{', random.Next(256)]);
                }

                Note($"byte {at} changed");
                break;
            case 3:
                _body = [0xEF, 0xBB, 0xBF, .. body];
                Note("byte order mark");
                break;
            case 4:
                _body = Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body));
                Note("UTF-16");
                break;
            case 5:
                _body = [.. body, .. body];
                Note("twice");
                break;
            case 6:
                _body = Encoding.UTF8.GetBytes(Pick(random, Hostile.Json));
                Note($"body {Encoding.UTF8.GetString(_body)}");
                break;
            default:
                // Each of its fields again, and at the front, with another value.
                var doubled = string.Concat(
                    Sample.Places(new Sample(_operation, _targets.Url).Body).Select(place => $"\"{place[0]}\":1,")
                );
                _body = [.. "{"u8, .. Encoding.UTF8.GetBytes(doubled), .. body.AsSpan(Math.Min(1, body.Length))];
                Note("every field twice");
                break;
        }
    }

    private void Put(IReadOnlyList<object> place, string json)
    {
        var body = new Sample(_operation, _targets.Url).Body!;
        var parent = place.SkipLast(1).Aggregate(body, (node, step) => Step(node, step)!);
        if (place[^1] is string name)
        {
            parent[name] = Hole;
        }
        else
        {
            parent[(int)place[^1]] = Hole;
        }

        Fill(body.ToJsonString().Replace($"\"{Hole}\"", json, StringComparison.Ordinal));
        Note($"{string.Join('/', place)} is {json}");
    }

    /// <summary>Where the operation takes a form, the same as one: what is no scalar then stands in it as JSON.</summary>
    private void Fill(string? json)
    {
        if (json is null)
        {
            return;
        }

        _body =
            _operation.ContentType == "application/x-www-form-urlencoded"
                ? Encoding.UTF8.GetBytes(
                    json.Trim('{', '}')
                        .Replace("\":", "=", StringComparison.Ordinal)
                        .Replace(",\"", "&", StringComparison.Ordinal)
                        .Replace("\"", "", StringComparison.Ordinal)
                        .Replace("\\u0000", "%00", StringComparison.Ordinal)
                )
                : Encoding.UTF8.GetBytes(json);
    }

    private void Note(string fault)
    {
        const int enough = 80;
        Fault += $"[{(fault.Length > enough ? $"{fault[..enough]}… {fault.Length}" : fault)}]";
    }

    private static JsonNode? Step(JsonNode node, object step) => step is string name ? node[name] : node[(int)step];

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
