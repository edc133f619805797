using System.CommandLine;
using Decant.Cli.Output;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Server.Info;

namespace Decant.Cli;

/// <summary><c>decant get</c>: one medium into one file, with no server.</summary>
internal static class GetCommand
{
    private static readonly Argument<string> Url = new("url") { Description = "Page or file to fetch from." };

    private static readonly Option<string?> Format = new("--format", "-f")
    {
        Description =
            "Kind of file to make: mp4, webm, mkv, mp3, m4a, wav, opus ... (as --output is named; else mp4, or mp3 with --audio-only)",
        HelpName = "format",
    };

    private static readonly Option<string?> Quality = new("--quality", "-q")
    {
        Description = "best, worst, 144p to 2160p, or 64kbps to 320kbps for audio (best)",
        HelpName = "quality",
    };

    private static readonly Option<string?> Out = new("--output", "-o")
    {
        Description =
            "File (its extension says the format where --format does not), existing directory, or - for stdout (the medium's title, in the current directory)",
        HelpName = "path",
    };

    private static readonly Option<bool> AudioOnly = new("--audio-only") { Description = "Leave the picture out." };

    private static readonly Option<string?> Selector = new("--format-selector")
    {
        Description =
            "Which of the source's formats to take: best, worst, an id that `decant info` lists, or two joined by +",
        HelpName = "137+140",
    };

    private static readonly Option<string?> Start = new("--start")
    {
        Description = "Where to begin: seconds, or hh:mm:ss.",
        HelpName = "time",
    };

    private static readonly Option<string?> End = new("--end")
    {
        Description = "Where to end. What is copied begins at the key frame before --start.",
        HelpName = "time",
    };

    private static readonly Option<string?> Language = new("--audio-language")
    {
        Description = "Language of the sound, where the source has several (the original)",
        HelpName = "en",
    };

    private static readonly Option<double?> Normalize = new("--normalize")
    {
        Description = "Bring the sound to this loudness in LUFS, such as -16 for podcasts.",
        HelpName = "-16",
    };

    private static readonly Option<string?> DynamicRange = new("--dynamic-range")
    {
        Description = "sdr or hdr (a high dynamic range is kept where the file can say it)",
        HelpName = "sdr",
    };

    private static readonly Option<string?> Subtitles = new("--subtitles")
    {
        Description = "Subtitles in these languages: people's own, else automatic ones",
        HelpName = "en,de",
    };

    private static readonly Option<string?> SubtitleMode = new("--subtitles-mode")
    {
        Description = "embed (mp4, mov, mkv, webm) or files (into the file where it can hold them, else beside it)",
        HelpName = "files",
    };

    private static readonly Option<string?> SubtitleFormat = new("--subtitles-format")
    {
        Description = "srt or vtt, of files (srt)",
        HelpName = "vtt",
    };

    private static readonly Option<double?> MaxDuration = new("--max-duration")
    {
        Description = "Of a live stream: seconds to record at most (until it ends, or Ctrl-C).",
        HelpName = "60",
    };

    private static readonly Option<bool> FromStart = new("--live-from-start")
    {
        Description = "Of a live stream: take what it still lists of its past, too.",
    };

    private static readonly Option<bool> WaitForLive = new("--wait-for-live")
    {
        Description = "Wait for a live stream that has yet to begin.",
    };

    private static readonly Option<bool> Thumbnail = new("--thumbnail")
    {
        Description = "Put the thumbnail beside the file, as a JPEG.",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace a file that is in the way." };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Write one JSON object (snake_case) to stdout in place of the path.",
    };

    public static Command Create()
    {
        var flags = new EngineFlags();
        var command = new Command("get", "Fetch one medium and make a file of it. Prints the file's path on stdout.")
        {
            Url,
            Format,
            Quality,
            Out,
            AudioOnly,
            Selector,
            Start,
            End,
            Language,
            Normalize,
            DynamicRange,
            Subtitles,
            SubtitleMode,
            SubtitleFormat,
            MaxDuration,
            FromStart,
            WaitForLive,
            Thumbnail,
            Force,
            Json,
        };
        flags.AddTo(command);
        ExampleHelp.AddTo(
            command,
            $"""
            Examples:
              decant get https://www.youtube.com/watch?v=aqz-KE-bpKQ
              decant get https://www.youtube.com/watch?v=aqz-KE-bpKQ -f mp3 -q 192kbps -o song.mp3
              decant get https://www.youtube.com/watch?v=aqz-KE-bpKQ --subtitles en,de -f mkv
              decant get https://example.org/talk.mp4 --audio-only -o - | mpv -
              decant get https://example.org/talk.mp4 -f m4a --start 1:30 --end 4:00 --normalize -16
              decant get https://www.twitch.tv/somebody --max-duration 600
              decant get http://192.168.1.20/film.mkv --allow-network 192.168.1.0/24

            A live stream is recorded until it ends; Ctrl-C ends the recording and keeps it.
            A file is never replaced without --force. Progress goes to stderr: a bar on a terminal, lines elsewhere.

            {ExitCode.Help}
            """
        );
        command.SetAction(parsed =>
            new EngineRun(flags, parsed).RunAsync((engine, token) => Read(parsed).RunAsync(engine, token))
        );
        return command;
    }

    /// <exception cref="MediaException">Whatever is wrong with the request itself.</exception>
    private static GetRequest Read(ParseResult parsed)
    {
        var destination = new Destination(parsed.GetValue(Out), parsed.GetValue(Force));
        if (destination.IsStandardOutput && (parsed.GetValue(Json) || parsed.GetValue(Thumbnail)))
        {
            throw new MediaException(
                MediaError.InvalidRequest,
                "'-o -' fills stdout with the file; --json and --thumbnail cannot go there as well"
            );
        }

        var named = parsed.GetValue(Format) is null && destination.File is { } file ? NamedFormat.Of(file) : null;
        var request = new GetRequest
        {
            Url = MediaUrl.Parse(parsed.GetRequiredValue(Url)),
            Output = OutputRequest
                .Parse(
                    named?.Name ?? parsed.GetValue(Format),
                    parsed.GetValue(Quality),
                    parsed.GetValue(AudioOnly),
                    parsed.GetValue(Selector)
                )
                .Refine(
                    new Refinement
                    {
                        ClipStart = parsed.GetValue(Start),
                        ClipEnd = parsed.GetValue(End),
                        AudioLanguage = parsed.GetValue(Language),
                        Normalize = parsed.GetValue(Normalize),
                        DynamicRange = parsed.GetValue(DynamicRange),
                        Subtitles = ReadSubtitles(parsed),
                    }
                ) with
            {
                IncludeThumbnail = parsed.GetValue(Thumbnail),
            },
            Recording = LiveOptions.Read(
                parsed.GetValue(MaxDuration),
                parsed.GetValue(FromStart),
                parsed.GetValue(WaitForLive)
            ),
            Destination = destination,
            Json = parsed.GetValue(Json),
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

    private static SubtitleWords? ReadSubtitles(ParseResult parsed)
    {
        var (mode, format) = (parsed.GetValue(SubtitleMode), parsed.GetValue(SubtitleFormat));
        return (parsed.GetValue(Subtitles) ?? mode ?? format) is null
            ? null
            : new SubtitleWords
            {
                Languages = parsed.GetValue(Subtitles)?.Split(',', StringSplitOptions.TrimEntries),
                Mode = mode,
                Format = format,
            };
    }
}
