using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Decant.Server.Manners;

/// <summary>Compares the fields of a request body with those of the type that it is read into.</summary>
internal sealed class RequestFields(IOptions<JsonOptions> json)
{
    /// <summary>Unknown fields that are named at most: an answer is not to grow with what it was sent.</summary>
    private const int MostNamed = 20;

    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    public FieldFindings Find(JsonElement body, Type type)
    {
        var unknown = new List<UnknownField>();
        Walk(body, type, "", unknown);
        var known = NamesOf(type);
        return new FieldFindings(
            unknown,
            body.ValueKind == JsonValueKind.Object
                && body.EnumerateObject().Any(field => known.ContainsKey(NameOf(field))),
            [.. known.Keys]
        );
    }

    private void Walk(JsonElement value, Type type, string path, List<UnknownField> unknown)
    {
        if (unknown.Count >= MostNamed)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object when NamesOf(type) is { Count: > 0 } known:
                foreach (var field in value.EnumerateObject())
                {
                    var name = NameOf(field);
                    var at = path.Length == 0 ? name : $"{path}.{name}";
                    if (known.TryGetValue(name, out var inner))
                    {
                        Walk(field.Value, inner, at, unknown);
                    }
                    else if (unknown.Count < MostNamed)
                    {
                        unknown.Add(new UnknownField(at, NearestName.Of(name, known.Keys)));
                    }
                }

                break;
            case JsonValueKind.Array when _json.GetTypeInfo(Bare(type)) is { ElementType: { } element }:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Walk(item, element, $"{path}[{index}]", unknown);
                }

                break;
        }
    }

    /// <summary>Fields by name, with their types; none of a type whose fields are not ours to say.</summary>
    private Dictionary<string, Type> NamesOf(Type type)
    {
        var bare = Bare(type);
        var info = _json.GetTypeInfo(bare);
        if (info.Kind == JsonTypeInfoKind.Object)
        {
            return info
                .Properties.Where(field => field.Set is not null || field.AssociatedParameter is not null)
                .ToDictionary(field => field.Name, field => field.PropertyType, StringComparer.OrdinalIgnoreCase);
        }

        // Read by a converter of its own, such as subtitles: an object there has the record's fields.
        return info.Kind == JsonTypeInfoKind.None && bare.Assembly == typeof(RequestFields).Assembly && bare.IsClass
            ? bare.GetProperties()
                .ToDictionary(
                    field => _json.PropertyNamingPolicy!.ConvertName(field.Name),
                    field => field.PropertyType,
                    StringComparer.OrdinalIgnoreCase
                )
            : [];
    }

    /// <summary>The reader takes a name that is no text, since it skips whatever it does not know.</summary>
    /// <exception cref="ApiException"><c>invalid_request</c> for bytes that are not UTF-8, and for half a surrogate pair.</exception>
    private static string NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            throw ApiException.Invalid("body", "The name of a field is not text: it must be UTF-8.");
        }
    }

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}

/// <param name="Unknown">Fields that nobody reads, in the order of the body.</param>
/// <param name="NamesAnyKnown">The body has at least one field that is read.</param>
/// <param name="Known">Names of the fields that could have been there.</param>
internal sealed record FieldFindings(
    IReadOnlyList<UnknownField> Unknown,
    bool NamesAnyKnown,
    IReadOnlyList<string> Known
);

/// <param name="Path">Place of the field, such as <c>downloads[1].audioOnly</c>.</param>
/// <param name="Nearest">The known field that was probably meant; null where none is like it.</param>
internal sealed record UnknownField(string Path, string? Nearest)
{
    private const int LongestPath = 200;

    /// <summary>The path, cut where somebody sent an essay for a name.</summary>
    public string Shown => Path.Length <= LongestPath ? Path : Path[..LongestPath] + "…";

    public string Meant => Nearest is null ? "" : $" Did you mean '{Nearest}'?";
}
