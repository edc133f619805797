using System.CommandLine;
using Decant.Cli.Output;
using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Cli.Getting;

/// <summary>Reads a <c>decant get</c> from its command line.</summary>
internal static class GetReading
{
    private const int MostAtOnce = 32;

    /// <exception cref="MediaException">Whatever is wrong with the request itself.</exception>
    public static GetRequest Read(ParseResult parsed)
    {
        var destination = new Destination(parsed.GetValue(GetOptions.Out), parsed.GetValue(GetOptions.Force));
        if (destination.IsStandardOutput && (parsed.GetValue(GetOptions.Json) || parsed.GetValue(GetOptions.Thumbnail)))
        {
            throw new MediaException(
                MediaError.InvalidRequest,
                "'-o -' fills stdout with the file; --json and --thumbnail cannot go there as well"
            );
        }

        var named =
            parsed.GetValue(GetOptions.Format) is null && destination.File is { } file ? NamedFormat.Of(file) : null;
        var preset = ReadPreset(parsed.GetValue(GetOptions.Preset));
        var isPresetsFormat = named is null && parsed.GetValue(GetOptions.Format) is null;
        var request = new GetRequest
        {
            Urls = UrlList.Read(parsed.GetValue(GetOptions.Urls) ?? [], parsed.GetValue(GetOptions.Batch)),
            Items = ItemPick.Parse(parsed.GetValue(GetOptions.Items)),
            ArchivePath = parsed.GetValue(GetOptions.Archive),
            AtOnce = ReadAtOnce(parsed.GetValue(GetOptions.AtOnce)),
            Output = OutputRequest
                .Parse(
                    named?.Name ?? parsed.GetValue(GetOptions.Format) ?? preset?.Format,
                    parsed.GetValue(GetOptions.Quality) ?? (isPresetsFormat ? preset?.Quality : null),
                    parsed.GetValue(GetOptions.AudioOnly),
                    parsed.GetValue(GetOptions.Selector),
                    isPresetsFormat ? preset?.VideoCodec : null,
                    isPresetsFormat ? preset?.AudioCodec : null
                )
                .Refine(
                    new Refinement
                    {
                        ClipStart = parsed.GetValue(GetOptions.Start),
                        ClipEnd = parsed.GetValue(GetOptions.End),
                        AudioLanguage = parsed.GetValue(GetOptions.Language),
                        Normalize = parsed.GetValue(GetOptions.Normalize),
                        DynamicRange = parsed.GetValue(GetOptions.DynamicRange),
                        Subtitles = ReadSubtitles(parsed),
                    }
                ) with
            {
                IncludeThumbnail = parsed.GetValue(GetOptions.Thumbnail),
            },
            Recording = LiveOptions.Read(
                parsed.GetValue(GetOptions.MaxDuration),
                parsed.GetValue(GetOptions.FromStart),
                parsed.GetValue(GetOptions.WaitForLive)
            ),
            Destination = destination,
            Json = parsed.GetValue(GetOptions.Json),
        };
        if (destination.File is { } path)
        {
            NamedFormat.EnsureFits(path, request.Output.Container);
        }

        return destination.IsStandardOutput && request.Output.Subtitles is { Place: SubtitlePlace.Files }
            ? throw new MediaException(
                MediaError.InvalidRequest,
                "'-o -' fills stdout with the file; subtitles in files of their own cannot go there as well"
            )
            : request;
    }

    private static BuiltInPreset? ReadPreset(string? name) =>
        name is null
            ? null
            : BuiltInPreset.Find(name)
                ?? throw new MediaException(
                    MediaError.InvalidRequest,
                    $"There is no preset '{name}' here. Built in are {BuiltInPreset.Names}; those of an account are its server's, with --remote."
                )
                {
                    Field = "preset",
                };

    private static SubtitleWords? ReadSubtitles(ParseResult parsed)
    {
        var (mode, format) = (parsed.GetValue(GetOptions.SubtitleMode), parsed.GetValue(GetOptions.SubtitleFormat));
        return (parsed.GetValue(GetOptions.Subtitles) ?? mode ?? format) is null
            ? null
            : new SubtitleWords
            {
                Languages = parsed.GetValue(GetOptions.Subtitles)?.Split(',', StringSplitOptions.TrimEntries),
                Mode = mode,
                Format = format,
            };
    }

    /// <exception cref="MediaException"><c>invalid_request</c>.</exception>
    public static int ReadAtOnce(int given) =>
        given is >= 1 and <= MostAtOnce
            ? given
            : throw new MediaException(
                MediaError.InvalidRequest,
                $"--at-once {given} is not a number from 1 to {MostAtOnce}"
            );
}
