using System.CommandLine;
using Decant.Cli.Output;
using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Cli.Getting;

/// <summary>The options of <c>decant get</c>.</summary>
internal static class GetOptions
{
    public static readonly Argument<string[]> Urls = new("url")
    {
        Description = "Pages or files to fetch from; of a list, its entries.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static readonly Option<string?> Batch = new("--batch")
    {
        Description = "File of further addresses, one a line; - for stdin.",
        HelpName = "file",
    };

    public static readonly Option<string?> Items = new("--items")
    {
        Description = "Entries of a list to take (all)",
        HelpName = "1-5,8,12-",
    };

    public static readonly Option<string?> Archive = new("--archive")
    {
        Description = "File that remembers what was fetched, and what is in it is not fetched again.",
        HelpName = "file",
    };

    public static readonly Option<int> AtOnce = new("--at-once")
    {
        Description = "Media that are fetched at once, of several.",
        HelpName = "n",
        DefaultValueFactory = _ => 3,
    };

    public static readonly Option<string?> Remote = new("--remote")
    {
        Description =
            "Have a server do it and fetch the result; the key is that of `decant login`, or DECANT_KEY. Without an address, the server of `decant login`.",
        HelpName = "http://host:8080",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static readonly Option<string?> Format = new("--format", "-f")
    {
        Description =
            "Kind of file to make: mp4, webm, mkv, mp3, m4a, wav, opus ... (as --output is named; else mp4, or mp3 with --audio-only)",
        HelpName = "format",
        CompletionSources = { Names(Container.All.Select(container => container.Name)) },
    };

    public static readonly Option<string?> Preset = new("--preset")
    {
        Description =
            "Choice under a name: best, 1080p, everywhere, small, mp3 or sound; with --remote also the account's own. Options beside it win.",
        HelpName = "name",
        CompletionSources = { Names(BuiltInPreset.All.Select(preset => preset.Name)) },
    };

    public static readonly Option<string?> Quality = new("--quality", "-q")
    {
        Description = "best, worst, 144p to 2160p, or 64kbps to 320kbps for audio (best)",
        HelpName = "quality",
        CompletionSources =
        {
            Names([
                "best",
                "worst",
                .. Decant.Engine.Planning.Quality.KnownHeights,
                .. Decant.Engine.Planning.Quality.KnownBitrates,
            ]),
        },
    };

    public static readonly Option<string?> Out = new("--output", "-o")
    {
        Description =
            "File (its extension says the format where --format does not), existing directory, or - for stdout (the medium's title, in the current directory)",
        HelpName = "path",
    };

    public static readonly Option<bool> AudioOnly = new("--audio-only") { Description = "Leave the picture out." };

    public static readonly Option<string?> Selector = new("--format-selector")
    {
        Description =
            "Which of the source's formats to take: best, worst, an id that `decant info` lists, or two joined by +",
        HelpName = "137+140",
    };

    public static readonly Option<string?> Start = new("--start")
    {
        Description = "Where to begin: seconds, or hh:mm:ss.",
        HelpName = "time",
    };

    public static readonly Option<string?> End = new("--end")
    {
        Description = "Where to end. What is copied begins at the key frame before --start.",
        HelpName = "time",
    };

    public static readonly Option<string?> Language = new("--audio-language")
    {
        Description = "Language of the sound, where the source has several (the original)",
        HelpName = "en",
    };

    public static readonly Option<double?> Normalize = new("--normalize")
    {
        Description = "Bring the sound to this loudness in LUFS, such as -16 for podcasts.",
        HelpName = "-16",
    };

    public static readonly Option<string?> DynamicRange = new("--dynamic-range")
    {
        Description = "sdr or hdr (a high dynamic range is kept where the file can say it)",
        HelpName = "sdr",
        CompletionSources = { Names(["sdr", "hdr"]) },
    };

    public static readonly Option<string?> Subtitles = new("--subtitles")
    {
        Description = "Subtitles in these languages: people's own, else automatic ones",
        HelpName = "en,de",
    };

    public static readonly Option<string?> SubtitleMode = new("--subtitles-mode")
    {
        Description = "embed (mp4, mov, mkv, webm) or files (into the file where it can hold them, else beside it)",
        HelpName = "files",
        CompletionSources = { Names(["embed", "files"]) },
    };

    public static readonly Option<string?> SubtitleFormat = new("--subtitles-format")
    {
        Description = "srt or vtt, of files (srt)",
        HelpName = "vtt",
        CompletionSources = { Names(["srt", "vtt"]) },
    };

    public static readonly Option<double?> MaxDuration = new("--max-duration")
    {
        Description = "Of a live stream: seconds to record at most (until it ends, or Ctrl-C).",
        HelpName = "60",
    };

    public static readonly Option<bool> FromStart = new("--live-from-start")
    {
        Description = "Of a live stream: take what it still lists of its past, too.",
    };

    public static readonly Option<bool> WaitForLive = new("--wait-for-live")
    {
        Description = "Wait for a live stream that has yet to begin.",
    };

    public static readonly Option<bool> Thumbnail = new("--thumbnail")
    {
        Description = "Put the thumbnail beside the file, as a JPEG.",
    };

    public static readonly Option<bool> Force = new("--force") { Description = "Replace a file that is in the way." };

    public static readonly Option<bool> Json = new("--json")
    {
        Description =
            "Write JSON (snake_case) to stdout in place of the path, a line each for several; progress as lines of JSON on stderr.",
    };

    /// <summary>Words that a shell offers. Others may do as well.</summary>
    private static string[] Names(IEnumerable<string> names) => [.. names];

    public static IEnumerable<Option> All =>
        [
            Format,
            Preset,
            Quality,
            Out,
            Batch,
            Items,
            Archive,
            AtOnce,
            Remote,
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
        ];
}
