using System.Text.Json;
using System.Text.Json.Serialization;

namespace Decant.Client.Wire;

/// <summary>The wire's JSON: snake_case, what is null left out, what is unknown ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(DownloadOptions))]
[JsonSerializable(typeof(InfoBody))]
[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(MediaInfo))]
[JsonSerializable(typeof(Transcript))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class WireJson : JsonSerializerContext;

/// <param name="Url">The page or file to look up.</param>
/// <param name="IncludeFormats">List what the source offers as well.</param>
internal sealed record InfoBody(string Url, bool IncludeFormats);
