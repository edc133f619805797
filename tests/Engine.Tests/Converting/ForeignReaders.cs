using System.Globalization;
using System.Text.Json;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Converting;

/// <summary>Programs of other people that open a file and say what is in it.</summary>
internal static class ForeignReaders
{
    private const string Flac = "/usr/bin/flac";

    private const string Mutagen = """
        import json, sys, mutagen
        file = mutagen.File(sys.argv[1])
        # Vorbis comments refuse to be asked for names that they cannot have.
        tags = {str(key).lower(): value for key, value in dict(file.tags or {}).items()}
        def first(*names):
            found = [tags[name] for name in names if name in tags]
            return str(found[0][0] if isinstance(found[0], list) else found[0]) if found else None
        print(json.dumps({"title": first("tit2", "\u00a9nam", "title"), "artist": first("tpe1", "\u00a9art", "artist"),
                          "seconds": file.info.length,
                          "cover": bool(getattr(file, "pictures", None)) or any(
                              key.startswith("apic") or key in ("covr", "metadata_block_picture") for key in tags)}))
        """;

    /// <summary>Programs by their names, with the path that says that one is here.</summary>
    public static IReadOnlyDictionary<string, (string Needs, Func<string, Task<Judgement>> ReadAsync)> All { get; } =
        new Dictionary<string, (string, Func<string, Task<Judgement>>)>
        {
            ["mediainfo"] = ("/usr/bin/mediainfo", MediaInfoAsync),
            ["exiftool"] = ("/usr/bin/exiftool", ExiftoolAsync),
            ["mutagen"] = ("/usr/lib/python3/dist-packages/mutagen", MutagenAsync),
            ["mkvmerge"] = ("/usr/bin/mkvmerge", MkvmergeAsync),
        };

    /// <summary>Skips a test where one of them is missing.</summary>
    public static void Require()
    {
        foreach (var (name, (needs, _)) in All)
            Assert.SkipUnless(Path.Exists(needs), $"{name} reads what was made, and is not here");
        Assert.SkipUnless(File.Exists(Flac), "flac reads what was made, and is not here");
    }

    /// <summary>Decodes a FLAC file and compares it with the checksum of its samples.</summary>
    public static Task TestFlacAsync(string path) => OutputAsync(Flac, "-t", "-s", "-w", path);

    private static async Task<Judgement> MediaInfoAsync(string path)
    {
        using var read = await JsonAsync("/usr/bin/mediainfo", "--Output=JSON", path);
        var tracks = read.RootElement.GetProperty("media").GetProperty("track").EnumerateArray().ToList();
        var general = tracks[0];
        var extra = general.TryGetProperty("extra", out var more) ? more : default;
        return new Judgement
        {
            Title = Text(general, "Title") ?? Text(general, "Track"),
            Artist = Text(general, "Performer") ?? Text(extra, "ARTIST") ?? Text(extra, "artist"),
            Seconds = Number(general, "Duration"),
            Pictures = Count("Video"),
            Sounds = Count("Audio"),
            HasCover = Text(general, "Cover") == "Yes" || Text(extra, "Attachments") is not null,
            // An MP4 lists them twice, each way for other players.
            Chapters = tracks
                .Where(track => Text(track, "@type") == "Menu")
                .Select(menu => menu.GetProperty("extra").EnumerateObject().Count(entry => entry.Name.StartsWith('_')))
                .DefaultIfEmpty()
                .Max(),
        };

        int Count(string kind) => tracks.Count(track => Text(track, "@type") == kind);
    }

    private static async Task<Judgement> ExiftoolAsync(string path)
    {
        using var read = await JsonAsync("/usr/bin/exiftool", "-json", "-n", "-charset", "RIFF=UTF8", path);
        var file = read.RootElement[0];
        return new Judgement
        {
            Title = Text(file, "Title"),
            Artist = Text(file, "Artist"),
            Seconds = Number(file, "Duration"),
            HasCover = (Text(file, "CoverArt") ?? Text(file, "Picture") ?? Text(file, "AttachedFileName")) is not null,
        };
    }

    private static async Task<Judgement> MutagenAsync(string path)
    {
        using var read = await JsonAsync("/usr/bin/python3", "-c", Mutagen, path);
        var file = read.RootElement;
        return new Judgement
        {
            Title = Text(file, "title"),
            Artist = Text(file, "artist"),
            Seconds = Number(file, "seconds"),
            HasCover = file.GetProperty("cover").GetBoolean(),
        };
    }

    private static async Task<Judgement> MkvmergeAsync(string path)
    {
        using var read = await JsonAsync("/usr/bin/mkvmerge", "-J", path);
        var (file, container) = (read.RootElement, read.RootElement.GetProperty("container"));
        Assert.True(
            container.GetProperty("recognized").GetBoolean() && container.GetProperty("supported").GetBoolean()
        );
        Assert.Empty(file.GetProperty("errors").EnumerateArray());
        // Ogg does not say in which letters its chapters are written, and it warns of that.
        Assert.DoesNotContain(
            file.GetProperty("warnings").EnumerateArray().Select(warning => warning.ToString()),
            warning => !warning.Contains("charset", StringComparison.Ordinal)
        );
        var tracks = file.GetProperty("tracks").EnumerateArray().Select(track => Text(track, "type")).ToList();
        return new Judgement
        {
            Title = Text(container.GetProperty("properties"), "title"),
            Seconds = Number(container.GetProperty("properties"), "duration") / 1_000_000_000,
            Pictures = tracks.Count(type => type == "video"),
            Sounds = tracks.Count(type => type == "audio"),
            HasCover = file.GetProperty("attachments").GetArrayLength() > 0,
            Chapters = file.GetProperty("chapters")
                .EnumerateArray()
                .Sum(one => one.GetProperty("num_entries").GetInt32()),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.Null
                ? null
                : value.ToString()
            : null;

    private static double? Number(JsonElement element, string name) =>
        double.TryParse(Text(element, name), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task<JsonDocument> JsonAsync(string program, params string[] arguments) =>
        JsonDocument.Parse(await OutputAsync(program, arguments));

    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        var lines = new List<string>();
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(program, arguments) { Access = null, OnLine = lines.Add },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, $"{program}: {outcome.ErrorTail}{string.Join('\n', lines)}");
        return string.Join('\n', lines);
    }
}

/// <summary>Contents of a file by the word of a reader; null for what it does not say.</summary>
internal sealed record Judgement
{
    public string? Title { get; init; }
    public string? Artist { get; init; }
    public double? Seconds { get; init; }
    public int? Pictures { get; init; }
    public int? Sounds { get; init; }
    public bool? HasCover { get; init; }
    public int? Chapters { get; init; }

    public override string ToString() =>
        string.Join(
            ", ",
            new[]
            {
                Title,
                Artist,
                Seconds is { } seconds ? FormattableString.Invariant($"{seconds:0} s") : null,
                Pictures is { } pictures ? $"{pictures} picture" : null,
                Sounds is { } sounds ? $"{sounds} sound" : null,
                HasCover == true ? "cover" : null,
                Chapters is > 0 and var chapters ? $"{chapters} chapters" : null,
            }.OfType<string>()
        );
}
