using System.Text.Json;
using Decant.Engine.Extracting.YtDlp;

namespace Decant.Server.Upkeep;

/// <summary>Note about the extractor in the data directory, written by the server for <c>decant doctor</c>.</summary>
/// <param name="Version">yt-dlp's version; null where it does not run.</param>
/// <param name="Since">Start of its process (UTC).</param>
/// <param name="LastReload">Outcome of the last reload.</param>
internal sealed record ExtractorNote(string? Version, DateTimeOffset? Since, ExtractorReload? LastReload)
{
    private const string Name = "extractor.json";

    public static ExtractorNote Of(ExtractorStatus status) => new(status.Version, status.Since, status.LastReload);

    /// <returns>Null where no server has left one.</returns>
    /// <exception cref="JsonException">What is there is none.</exception>
    public static ExtractorNote? Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        return File.Exists(path)
            ? JsonSerializer.Deserialize<ExtractorNote>(File.ReadAllBytes(path), JsonSerializerOptions.Web)
            : null;
    }

    public void Write(string dataDirectory)
    {
        // Under another name first: whoever reads it meanwhile gets all of the one or all of the other.
        var path = Path.Combine(dataDirectory, Name);
        File.WriteAllBytes($"{path}.new", JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));
        File.Move($"{path}.new", path, overwrite: true);
    }
}
