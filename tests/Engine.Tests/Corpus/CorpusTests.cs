using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests.Corpus;

/// <summary>
/// Any folder of media, or a file with an address a line and perhaps, after a tab, the file that is right (<c>DECANT_CORPUS</c>), through the
/// whole engine into <c>DECANT_CORPUS_TARGETS</c>; and as many damaged ones of them as <c>DECANT_MUTATIONS</c> says, <c>DECANT_MUTATIONS_SEED</c>
/// makes others, <c>DECANT_MUTATIONS_FROM</c> begins later in their row, and <c>DECANT_MUTATIONS_FOR</c> ends after so many seconds. What came out is decoded to its end beside its source. The report is printed, and written where <c>DECANT_CORPUS_REPORT</c> says;
/// of a file that is called <c>ORIGIN+NAME</c>, with a row of its origin in <c>docs/fidelity.md</c>.
/// </summary>
public sealed class CorpusTests(LabEngine lab, MediaFiles files, ITestOutputHelper output) : IClassFixture<MediaFiles>
{
    private const int OfTheUsual = 12;
    private static readonly string? Folder = Environment.GetEnvironmentVariable("DECANT_CORPUS");
    private static readonly int Mutations = Number("DECANT_MUTATIONS", OfTheUsual);
    private static readonly int Seed = Number("DECANT_MUTATIONS_SEED", 20261128);
    private static readonly string[] Targets = (
        Environment.GetEnvironmentVariable("DECANT_CORPUS_TARGETS") ?? "mp4,mkv,webm,mp3,m4a,flac"
    ).Split(',');
    private static readonly int From = Number("DECANT_MUTATIONS_FROM", 0);
    private static readonly TimeSpan For = TimeSpan.FromSeconds(Number("DECANT_MUTATIONS_FOR", 3600));

    /// <summary>Files of seconds are made in seconds; what takes this long hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Damaged files at once; the machine's two cores are what they share with each other.</summary>
    private const int AtOnce = 2;

    private readonly ConcurrentBag<(string Kind, string Name)> _seen = [];
    private readonly ConcurrentBag<(string File, string Target, string Verdict)> _came = [];

    [Fact]
    public async Task A_file_of_the_corpus_becomes_all_that_it_is_or_is_refused()
    {
        Assert.SkipWhen(Folder is null, "DECANT_CORPUS names no folder.");
        foreach (var (name, url, path) in await SourcesAsync())
        foreach (var target in Targets)
            await TryAsync($"{name} to {target}", url, path, target, kind: Path.GetExtension(name) + " to " + target);
        RecordOrigins();
        await JudgeAsync();
    }

    [Fact]
    public async Task A_damaged_file_is_never_delivered_as_more_or_less_than_what_is_left_of_it()
    {
        var sources = Folder is null ? await OwnAsync() : [.. Directory.EnumerateFiles(Folder!).Order()];
        var served = files.NewDirectory();
        await using var origin = await ServedFolder.StartAsync(served);
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(From, Mutations).TakeWhile(_ => Stopwatch.GetElapsedTime(began) < For),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = AtOnce,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (number, token) =>
            {
                var source = sources[number % sources.Count];
                var (kind, bytes) = Mutation.Of(await File.ReadAllBytesAsync(source, token), Seed + number);
                var path = Path.Combine(served, $"{number}{Path.GetExtension(source)}");
                await File.WriteAllBytesAsync(path, bytes, token);
                var fitting = IsSound(source) ? Targets.Where(IsSound).ToArray() : Targets;
                var target = fitting[number / sources.Count % fitting.Length];
                await TryAsync(
                    $"{Path.GetFileName(source)}, {kind} (number {number}), to {target}",
                    new Uri(origin.Url, Path.GetFileName(path)),
                    path,
                    target,
                    kind,
                    isDamaged: true
                );
                File.Delete(path);
            }
        );
        await JudgeAsync();
    }

    private async Task TryAsync(string name, Uri url, string? path, string target, string kind, bool isDamaged = false)
    {
        var directory = files.NewDirectory();
        var verdict = await VerdictAsync();
        Directory.Delete(directory, recursive: true);
        _came.Add((name.Split(" to ")[0], target, verdict.Split(':')[0]));
        _seen.Add(
            (
                verdict.StartsWith("wrong", StringComparison.Ordinal) ? "wrong" : verdict.Split(':')[0],
                $"{kind} | {name}: {verdict}"
            )
        );

        async Task<string> VerdictAsync()
        {
            try
            {
                var request = OutputRequest.Parse(target, null);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(
                    TestContext.Current.CancellationToken
                );
                patience.CancelAfter(Patience);
                var made = await lab.Engine.RunAsync(
                    url,
                    request,
                    directory,
                    new DirectProgress<EngineProgress>(_ => { }),
                    patience.Token
                );
                var came = await DecodedStream.ReadAsync(made.Path);
                if (path is null)
                    return $"made: {string.Join("; ", came)}";
                var source = await DecodedStream.ReadAsync(path);
                var copies =
                    made.VideoCodec is { } codec && (await Decoded.CodecsAsync(path)).Contains(codec)
                        ? await DecodedStream.HaveSamePicturesAsync(path, made.Path)
                            ? Copied.BitByBit
                            : Copied.Perhaps
                        : Copied.No;
                var fault = Comparison.Fault(source, came, request.Container.IsAudio, copies);
                if (fault is null && Folder is not null && !isDamaged)
                {
                    var sounds = (
                        await Conversions.ShowAsync(path, "-select_streams", "a", "-show_entries", "stream=index")
                    ).Count;
                    fault = await Heard.FaultAsync(path, sounds, made.Path);
                }
                return fault is not null ? $"wrong: {fault}" : "made";
            }
            catch (MediaException refusal)
            {
                return $"{refusal.Error.Code}: {refusal.Message}";
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                return $"wrong: it hangs for {Patience}";
            }
            // Whatever else comes out of the engine is a fault of its own, and the others are to be tried all the same.
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                return $"wrong: {failure.GetType().Name}: {failure.Message}";
            }
        }
    }

    private void RecordOrigins()
    {
        foreach (var origin in _came.Where(one => one.File.Contains('+')).GroupBy(one => one.File.Split('+')[0]))
        {
            var names = origin.Select(one => one.File[(origin.Key.Length + 1)..]).Distinct().Order().ToList();
            var outcomes = origin
                .GroupBy(one => one.Target)
                .OrderBy(target => target.Key, StringComparer.Ordinal)
                .Select(target =>
                    $"{target.Key}: {string.Join(", ", target.GroupBy(one => one.Verdict).OrderByDescending(one => one.Count()).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Count()} {one.Key}"))}"
                );
            FidelityTable.Record(
                "Other people's media, by the corpus runner",
                origin.Key,
                string.Join(", ", names),
                string.Join("; ", outcomes)
            );
        }
    }

    private async Task JudgeAsync()
    {
        var report = new StringBuilder();
        foreach (var kind in _seen.GroupBy(one => one.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            report.Append(CultureInfo.InvariantCulture, $"{kind.Key}: {kind.Count()}\n");
            if (kind.Key != "made" || kind.Any(one => one.Name.Contains(": made: ", StringComparison.Ordinal)))
                report.AppendJoin("", kind.Select(one => $"  {one.Name}\n").Order(StringComparer.Ordinal));
        }
        output.WriteLine(report.ToString());
        if (Environment.GetEnvironmentVariable("DECANT_CORPUS_REPORT") is { } file)
            await File.AppendAllTextAsync(file, report.ToString(), TestContext.Current.CancellationToken);
        Assert.Empty(_seen.Where(one => one.Kind == "wrong").Select(one => one.Name));
    }

    private async Task<List<string>> OwnAsync() =>
        [
            await files.Mp4Async(),
            await files.MakeAsync(
                "own.mkv",
                [.. MediaFiles.Picture(160, 120), .. MediaFiles.Sound, .. MediaFiles.H264, "-c:a", "libopus"]
            ),
            await files.MakeAsync("own.mp3", [.. MediaFiles.Sound, "-b:a", "64k"]),
            await files.MakeAsync("own.flac", MediaFiles.Sound),
        ];

    /// <summary>What the corpus names, where it is to be had, and where it lies; an address has no file.</summary>
    private static async Task<List<(string Name, Uri Url, string? Path)>> SourcesAsync()
    {
        if (File.Exists(Folder))
            return
            [
                .. (await File.ReadAllLinesAsync(Folder, TestContext.Current.CancellationToken))
                    .Where(line => line.Length > 0)
                    .Select(line => line.Split('\t'))
                    .Select(line => (line[0], new Uri(line[0]), line.ElementAtOrDefault(1))),
            ];
        var origin = await ServedFolder.StartAsync(Folder!);
        return
        [
            .. Directory
                .EnumerateFiles(Folder!)
                .Order(StringComparer.Ordinal)
                .Select(path =>
                    (
                        Path.GetFileName(path),
                        new Uri(origin.Url, Uri.EscapeDataString(Path.GetFileName(path))),
                        (string?)path
                    )
                ),
        ];
    }

    private static bool IsSound(string name) =>
        name.Split('.')[^1] is "mp3" or "flac" or "m4a" or "ogg" or "oga" or "opus" or "aac" or "wav";

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : usual;
}
