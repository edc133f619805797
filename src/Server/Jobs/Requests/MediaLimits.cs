using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Requests;

/// <summary>Limits of media, for callers with and without a credential.</summary>
internal sealed class MediaLimits(MediaEngine engine, IOptions<LimitOptions> options)
{
    private static readonly string[] PublicFormats = ["mp4", "mp3", "wav"];

    private readonly LimitOptions _limits = options.Value;

    /// <summary>Reads a request's words, within what the caller may ask for.</summary>
    /// <exception cref="MediaException"><c>invalid_request</c> or <c>unknown_format</c>, with the field at fault.</exception>
    public OutputRequest Output(JobRequest words, bool isPublic)
    {
        var output = OutputRequest
            .Parse(
                words.Format,
                words.Quality,
                words.AudioOnly,
                words.FormatSelector,
                words.VideoCodec,
                words.AudioCodec
            )
            .Refine(
                new Refinement
                {
                    ClipStart = words.Clip?.Start,
                    ClipEnd = words.Clip?.End,
                    AudioLanguage = words.AudioLanguage,
                    Normalize = words.Normalize,
                    DynamicRange = words.DynamicRange,
                    Subtitles = words.Subtitles?.ToWords(),
                }
            ) with
        {
            IncludeThumbnail = words.IncludeThumbnail,
        };
        return isPublic ? WithinPublic(words, output) : output;
    }

    /// <summary>Whether an option is there without a key.</summary>
    public static bool IsPublic(OutputOption option, LimitOptions limits) =>
        PublicFormats.Contains(option.Container.Name)
        && (
            Quality.Parse(option.Quality) is not Quality.Height { Lines: var lines } || lines <= limits.PublicMaxHeight
        );

    /// <exception cref="MediaException"><c>too_long</c>, with the limit and the length in seconds.</exception>
    public void EnsureLength(TimeSpan? duration, bool isPublic)
    {
        if (LimitOf(isPublic) is not { } limit || duration is not { } length || length <= limit)
        {
            return;
        }

        throw new MediaException(
            MediaError.TooLong,
            $"The medium is {length:h\\:mm\\:ss} long; {(isPublic ? "without a key" : "here")} {limit:h\\:mm\\:ss} is the limit. "
                + (isPublic ? "Take a shorter one, or use a key." : "Take a shorter one.")
        )
        {
            Figures = new Dictionary<string, object?>
            {
                ["duration"] = length.TotalSeconds,
                ["max_duration"] = limit.TotalSeconds,
            },
        };
    }

    /// <summary>Holds a length that has shown to the limits: what was announced counts for no more than a last frame.</summary>
    /// <param name="announced">Length that was announced; null where none was.</param>
    /// <param name="real">Length by the medium's files; null where they do not say.</param>
    /// <param name="isPublic">True for a request without a credential.</param>
    /// <exception cref="MediaException"><c>too_long</c>, with the limit and the length in seconds.</exception>
    public void EnsureDelivered(TimeSpan? announced, TimeSpan? real, bool isPublic)
    {
        if (real is { } length && LimitOf(isPublic) is { } limit)
        {
            EnsureLength(Margin.Counted(limit, Margin.Counted(announced, length)), isPublic);
        }
    }

    /// <summary>Holds bytes that were fetched or made to the limit of public work; the engine holds the limit of all.</summary>
    /// <exception cref="MediaException"><c>too_large</c>, with the limit.</exception>
    public void EnsureDelivered(long bytes, bool isPublic)
    {
        if (isPublic && bytes > _limits.PublicMaxBytes)
        {
            throw new MediaException(
                MediaError.TooLarge,
                $"The medium takes more than {_limits.PublicMaxBytes} bytes, which is the limit without a key. Take a lower quality, or use a key."
            )
            {
                Figures = new Dictionary<string, object?> { ["max_bytes"] = _limits.PublicMaxBytes },
            };
        }
    }

    private TimeSpan? LimitOf(bool isPublic) =>
        isPublic && !(_limits.MaxDuration < _limits.PublicMaxDuration)
            ? _limits.PublicMaxDuration
            : _limits.MaxDuration;

    /// <summary>Longest recording of a live stream.</summary>
    /// <param name="asked">Seconds asked for; null for what is usual.</param>
    /// <param name="isPublic">True for a request without a credential.</param>
    /// <exception cref="MediaException"><c>invalid_request</c>; <c>too_long</c>, with what is asked for and the limit in seconds.</exception>
    public TimeSpan RecordingLength(double? asked, bool isPublic)
    {
        var limit =
            isPublic && _limits.PublicMaxDuration < _limits.MaxRecording
                ? _limits.PublicMaxDuration
                : _limits.MaxRecording;
        limit = _limits.MaxDuration < limit ? _limits.MaxDuration.Value : limit;
        if (asked is not { } seconds)
        {
            return _limits.UsualRecording < limit ? _limits.UsualRecording : limit;
        }

        if (!(seconds >= 1))
        {
            throw new MediaException(
                MediaError.InvalidRequest,
                $"A max_duration of {seconds} s records nothing; give 1 or more."
            )
            {
                Field = "max_duration",
            };
        }

        if (seconds <= limit.TotalSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        throw new MediaException(
            MediaError.TooLong,
            $"A max_duration of {seconds} s is asked for; {(isPublic ? "without a key" : "here")} {limit.TotalSeconds} s is the limit."
        )
        {
            Field = "max_duration",
            Figures = new Dictionary<string, object?> { ["duration"] = seconds, ["max_duration"] = limit.TotalSeconds },
        };
    }

    /// <summary>Plans the medium, which finds out whether it can be made at all.</summary>
    /// <exception cref="MediaException"><c>too_large</c>, with the limit and the best quality that fits; <c>unknown_format</c>.</exception>
    public void EnsurePossible(MediaInfo info, OutputRequest output, bool isPublic)
    {
        var most = isPublic ? _limits.PublicMaxBytes : _limits.MaxBytes;
        try
        {
            engine.Plan(info, output, most);
        }
        catch (MediaException exception) when (exception.Error == MediaError.TooLarge)
        {
            var fits = output.AudioOnly
                ? null
                : Quality.KnownHeights.Reverse().FirstOrDefault(height => Fits(info, output, height, most));
            throw new MediaException(
                MediaError.TooLarge,
                $"{exception.Message} {(fits is null ? "Of this medium the sound alone may fit." : $"With quality {fits} it fits.")}",
                exception
            )
            {
                Figures = new Dictionary<string, object?>(exception.Figures) { ["quality_that_fits"] = fits },
            };
        }
    }

    private bool Fits(MediaInfo info, OutputRequest output, string height, long most)
    {
        try
        {
            engine.Plan(info, output with { Quality = Quality.Parse(height) }, most);
            return true;
        }
        catch (MediaException exception) when (exception.Error == MediaError.TooLarge)
        {
            return false;
        }
    }

    private OutputRequest WithinPublic(JobRequest words, OutputRequest output)
    {
        if (
            words.Format is { Length: > 0 } format
            && (output.FollowsSource || !PublicFormats.Contains(Container.Parse(format).Name))
        )
        {
            throw Refused(
                "format",
                $"Without a key there are {string.Join(", ", PublicFormats)}; '{format}' needs one."
            );
        }

        if (output.Quality is Quality.Height { Lines: var lines } && lines > _limits.PublicMaxHeight)
        {
            throw Refused(
                "quality",
                $"Without a key {_limits.PublicMaxHeight}p is the best there is; '{words.Quality}' needs one."
            );
        }

        return output is { AudioOnly: false, Quality: Quality.BestOf }
            ? output with
            {
                Quality = new Quality.Height(_limits.PublicMaxHeight),
            }
            : output;
    }

    private static MediaException Refused(string field, string message) =>
        new(MediaError.InvalidRequest, message) { Field = field };
}
