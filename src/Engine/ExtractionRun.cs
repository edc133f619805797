using System.Diagnostics;
using Decant.Engine.Converting;
using Decant.Engine.Converting.Relabelling;
using Decant.Engine.Converting.Subtitles;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Joining;
using Decant.Engine.Keeping;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;
using Decant.Engine.Verifying;

namespace Decant.Engine;

/// <summary>A plan carried out in one directory: fetch, convert, verify.</summary>
internal sealed class ExtractionRun(
    ExtractionPlan plan,
    string directory,
    ProgressMeter meter,
    StartFetch start,
    RunTools tools
)
{
    /// <summary>An index that the origin cannot bring first is waited for in the whole file instead.</summary>
    private static readonly TimeSpan EarlyProbeTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Name of the made file until it is known to be good.</summary>
    private const string Unverified = "unverified";

    private readonly Container _container = plan.Request.Container;
    private readonly CompanionFetch _companions = new(plan, directory, tools);

    public async Task<ExtractionResult> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var sources = StartFetching(stop.Token);
        var companions = _companions.FetchAsync(stop.Token);
        var making = MakeAsync(sources, companions, stop.Token);
        try
        {
            // Without its companions the file is not what was asked for: then the sources need not come, either.
            await await Task.WhenAny(making, companions);
            var made = await making;
            var jpeg = await _companions.JpegAsync(made.Companions.Pictures, sources.Paths, made.Probes, stop.Token);
            var subtitles = await _companions.SubtitlesAsync(
                made.Conversion,
                made.Media,
                made.Companions.Subtitles,
                stop.Token
            );
            return Finish(made, jpeg, subtitles);
        }
        finally
        {
            // Nothing may still write into the directory once this returns.
            await stop.CancelAsync();
            await Task.WhenAll(making, companions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Path of a fetched source.</summary>
    public static string SourcePath(string directory, int index) => Path.Combine(directory, $"source-{index}");

    private SourceFetches StartFetching(CancellationToken cancellationToken)
    {
        var tally = new FetchTally(plan, meter);
        return new SourceFetches(
            stop =>
                plan.Sources.Select(
                    (source, index) => start(source, SourcePath(directory, index), tally.For(index), stop)
                ),
            tools.Time,
            cancellationToken
        );
    }

    /// <summary>Makes the file while its sources come, where they can be read so early; else, or where that fails, once they are whole.</summary>
    private async Task<Made> MakeAsync(
        SourceFetches sources,
        Task<Companions> companions,
        CancellationToken cancellationToken
    )
    {
        var early = await sources.ReadableAsync(
            [.. plan.Sources.Select(source => source.Probe?.Size)],
            cancellationToken
        );
        if (early.All(source => source.Relay is null))
            return await MakeFromWholeAsync(early, companions, cancellationToken);
        meter.IsOverlapping = true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, sources.Failed);
        var making = MakeFromAsync(plan, early, companions, stop.Token);
        await ((Task)making).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var isOurs =
            making.Exception?.InnerException is MediaException { Error: var error }
            && error != MediaError.SourceFailed
            && error != MediaError.SourceTimeout;
        if (isOurs && !sources.Failed.IsCancellationRequested)
            return (await making)!;
        var made = making.IsCompletedSuccessfully ? await making : null;
        if (making.IsCompletedSuccessfully && made is null)
            sources.AreToStay();
        // Only a whole file can be found guilty, and a fetch that failed is the reason for whatever followed.
        var whole = await sources.WholeAsync(cancellationToken);
        meter.IsOverlapping = false;
        return made is not null && !sources.AreOutdated
            ? made
            : await MakeFromWholeAsync(whole, companions, cancellationToken);
    }

    private async Task<Made> MakeFromWholeAsync(
        IReadOnlyList<ReadableSource> sources,
        Task<Companions> companions,
        CancellationToken cancellationToken
    )
    {
        if (!sources.Any(source => source.Parts.Count > 1))
            return (await MakeFromAsync(plan, sources, companions, cancellationToken))!;
        var path = Path.Combine(directory, "joined");
        await tools.Join.JoinAsync(
            [
                .. sources.Select(source =>
                    source.Parts.Count > 1
                        ? source.Parts
                        : [new SourcePart(source.Path, 0, source.Size ?? new FileInfo(source.Path).Length, null)]
                ),
            ],
            plan.Request,
            path,
            cancellationToken
        );
        // Of a pair the second is the sound.
        var sound = plan.Sources[^1];
        var whole = plan.Sources[0] with { Language = sound.Language, AudioBitrate = sound.AudioBitrate, Probe = null };
        var joined = await MakeFromAsync(
            plan with
            {
                Sources = [whole],
            },
            [new ReadableSource(path, null, new FileInfo(path).Length, Task.CompletedTask)],
            companions,
            cancellationToken
        );
        return joined!;
    }

    /// <returns>Null where it takes a whole source, and there is a part of one: it is to be what it is, with other tags.</returns>
    private async Task<Made?> MakeFromAsync(
        ExtractionPlan planned,
        IReadOnlyList<ReadableSource> sources,
        Task<Companions> companions,
        CancellationToken cancellationToken
    )
    {
        var probes = await Task.WhenAll(
            sources.Select((source, index) => ProbeAsync(planned.Sources[index], source, cancellationToken))
        );
        RefuseProtected(planned, probes);
        // A sound that was announced and has not come may come later, or never: only the end of the file tells.
        if (probes.Zip(sources).Any(pair => pair.First.HasUnheard && pair.Second.Relay is not null))
            return null;
        foreach (var (index, source) in sources.Index().Where(one => one.Item.Relay is null))
            probes[index] = await tools.Ffprobe.WithoutUnheardAsync(probes[index], source.Path, cancellationToken);
        foreach (var probe in probes.Where(probe => !probe.DurationIsEstimate))
            meter.Found(probe.Duration);
        var conversion = ConversionPlanner.Plan(planned, probes);
        var isRelabelled = Relabel.Suits(conversion, probes);
        var isOutOfReach = sources.Index().Any(one => one.Item.IsStream && conversion.CopiesFromWithin(one.Index));
        if (isOutOfReach || isRelabelled && sources[0].Relay is not null)
            return null;
        var all = await _companions.AddOwnAsync(await companions, sources, probes, cancellationToken);
        return isRelabelled && await RelabelAsync(conversion, sources[0], probes, all, cancellationToken) is { } made
            ? made
            : await ConvertAsync(conversion, sources, probes, all, cancellationToken);
    }

    /// <returns>Null where the file is unusual, or somebody else's, too: then it has to be made again.</returns>
    private async Task<Made?> RelabelAsync(
        ConversionPlan conversion,
        ReadableSource source,
        ProbedMedia[] probes,
        Companions companions,
        CancellationToken cancellationToken
    )
    {
        if (!source.TryOwn())
            return null;
        try
        {
            var path = Path.Combine(directory, Unverified);
            return
                await Relabel.TryAsync(conversion, companions.Pictures?.Cover, source.Path, cancellationToken)
                && HardLink.TryCreate(source.Path, path)
                ? await VerifyAsync(conversion, ConversionReport.None, [source], probes, companions, cancellationToken)
                : null;
        }
        catch (MediaException judged) when (judged.Error == MediaError.SourceFailed)
        {
            // ffmpeg has the last word on what is wrong with a source.
            return null;
        }
        finally
        {
            source.Kept?.Keep();
        }
    }

    /// <exception cref="MediaException"><c>drm_protected</c></exception>
    private void RefuseProtected(ExtractionPlan planned, IReadOnlyList<ProbedMedia> probes)
    {
        foreach (var (probe, index) in probes.Select((probe, index) => (probe, index)))
            Protection.Refuse(probe, _container.IsAudio, planned.Sources.ElementAtOrDefault(index)?.Id);
    }

    /// <summary>The look-up's probe holds for the same bytes; a file of another size is probed again.</summary>
    private async Task<ProbedMedia> ProbeAsync(
        SourceFormat source,
        ReadableSource readable,
        CancellationToken cancellationToken
    )
    {
        if (source.Probe is { } looked && looked.Size == readable.Size)
            return readable.Relay is null ? EncryptedEntries.Mark(looked, readable.Path) : looked;
        var probe = readable.Relay is { } relay
            // What ffprobe has read lies here by now.
            ? EncryptedEntries.Mark(
                await tools.Ffprobe.ProbeAsync(relay, EarlyProbeTimeout, cancellationToken),
                readable.Path
            )
            : await tools.Ffprobe.ProbeAsync(readable.Path, cancellationToken);
        // The clock of a stream may begin anew in the middle, and its beginning knows nothing of its end.
        var known =
            readable.Size is null || readable.Duration > probe.Duration ? probe.OfStream(readable.Duration) : probe;
        return PackedSound.Mark(known, readable.Path) with { PlaylistDuration = readable.Duration };
    }

    private async Task<Made> ConvertAsync(
        ConversionPlan conversion,
        IReadOnlyList<ReadableSource> sources,
        ProbedMedia[] probes,
        Companions companions,
        CancellationToken cancellationToken
    )
    {
        meter.Converted(TimeSpan.Zero, conversion.Promise.Duration);
        var arrived = Task.WhenAll(sources.Select(source => source.Whole));
        // Until the file is verified, which takes a core, too.
        using var slot = await tools.Ffmpeg.TakeSlotAsync(conversion, arrived, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var flush = new OutputFlush(Path.Combine(directory, Unverified));
        var report = await tools.Ffmpeg.ConvertAsync(
            conversion,
            [.. sources.Select(source => source.Input)],
            companions.Pictures?.Cover,
            companions.Subtitles,
            Path.Combine(directory, Unverified),
            new DirectProgress<TimeSpan>(reached =>
            {
                if (sources.All(source => source.Whole.IsCompletedSuccessfully))
                    meter.IsOverlapping = false;
                meter.Converted(reached, conversion.Promise.Duration);
                flush.Grown();
            }),
            cancellationToken
        );
        flush.Whole();
        ConversionMeasures.RecordConversion(Stopwatch.GetElapsedTime(began), conversion);
        // A header that comes last is here only now.
        RefuseProtected(plan, [.. probes.Zip(sources, (probe, source) => EncryptedEntries.Mark(probe, source.Path))]);
        return await VerifyAsync(conversion, report, sources, probes, companions, cancellationToken);
    }

    private async Task<Made> VerifyAsync(
        ConversionPlan conversion,
        ConversionReport report,
        IReadOnlyList<ReadableSource> sources,
        ProbedMedia[] probes,
        Companions companions,
        CancellationToken cancellationToken
    )
    {
        var unverified = Path.Combine(directory, Unverified);
        var media = await tools.Verification.VerifyAsync(unverified, conversion, report, cancellationToken);
        var announced = AnnouncedLength.ThatIsWrong(plan, conversion, media, sources);
        var path = Path.Combine(directory, $"medium.{_container.Name}");
        File.Move(unverified, path, overwrite: true);
        return new Made(path, media, conversion, probes, announced) { Companions = companions };
    }

    private ExtractionResult Finish(Made made, string? jpeg, IReadOnlyList<MadeSubtitle> subtitles)
    {
        string?[] kept = [made.Path, jpeg, .. subtitles.Select(one => one.Path)];
        foreach (var file in Directory.EnumerateFiles(directory))
            if (!kept.Contains(file))
                File.Delete(file);
        return made.Result(plan.Info, jpeg, subtitles);
    }
}
