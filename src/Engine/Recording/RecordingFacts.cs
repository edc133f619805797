using System.Text.Json;
using System.Text.Json.Serialization;
using Decant.Engine.Sources;

namespace Decant.Engine.Recording;

/// <summary>Facts of a live stream as its recording began, kept beside it: the page may be gone when it is delivered.</summary>
internal sealed partial record RecordingFacts
{
    public required string Id { get; init; }
    public required Uri PageUrl { get; init; }
    public required string Platform { get; init; }

    /// <inheritdoc cref="MediaInfo.Scope"/>
    public string? Scope { get; init; }
    public required string Title { get; init; }
    public string? Description { get; init; }
    public string? Uploader { get; init; }
    public string? Artist { get; init; }
    public DateOnly? UploadDate { get; init; }
    public Uri? ThumbnailUrl { get; init; }

    /// <summary>Formats, one for each source that is recorded.</summary>
    public required IReadOnlyList<RecordedFormat> Formats { get; init; }

    public static RecordingFacts Of(MediaInfo info, IReadOnlyList<SourceFormat> sources) =>
        new()
        {
            Id = info.Id,
            PageUrl = info.PageUrl,
            Platform = info.Platform.Name,
            Scope = info.Scope,
            Title = info.Title,
            Description = info.Description,
            Uploader = info.Uploader,
            Artist = info.Artist,
            UploadDate = info.UploadDate,
            ThumbnailUrl = info.ThumbnailUrl,
            Formats = [.. sources.Select(source => new RecordedFormat(source.Id, source.Url))],
        };

    /// <summary>The same as a medium that has ended. What is in its formats only a probe tells.</summary>
    public MediaInfo ToMedium() =>
        new()
        {
            Id = Id,
            PageUrl = PageUrl,
            Platform = Sources.Platform.Named(Platform),
            Scope = Scope,
            Title = Title,
            Description = Description,
            Uploader = Uploader,
            Artist = Artist,
            UploadDate = UploadDate,
            ThumbnailUrl = ThumbnailUrl,
            Formats =
            [
                .. Formats.Select(format => new SourceFormat
                {
                    Id = format.Id,
                    Url = format.Url,
                    Protocol = FetchProtocol.Hls,
                    Extension = "mkv",
                    CodecsKnown = false,
                }),
            ],
        };

    /// <returns>Null where nothing, or nothing whole, was written.</returns>
    public static RecordingFacts? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize(file, FactsJson.Default.RecordingFacts);
    }

    public void Write(string path)
    {
        // Under another name first: half of it would be worse than none.
        var making = path + ".new";
        File.WriteAllBytes(making, JsonSerializer.SerializeToUtf8Bytes(this, FactsJson.Default.RecordingFacts));
        File.Move(making, path, overwrite: true);
    }

    [JsonSerializable(typeof(RecordingFacts))]
    private sealed partial class FactsJson : JsonSerializerContext;
}

/// <param name="Id">Id of the format at the source.</param>
/// <param name="Url">Address at which its playlist was.</param>
internal sealed record RecordedFormat(string Id, Uri Url);
