using System.Runtime.ExceptionServices;
using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>A long mp3 on all cores: one child decodes, others encode parts of it in turn, and their frames are joined in order. ADR 0016 says why mp3 alone.</summary>
internal sealed class PartedMp3(ConversionPlan plan, ChildCommand child, long maxBytes)
{
    /// <summary>Shorter than this, starting the encoders costs what they save.</summary>
    private static readonly TimeSpan WorthIt = TimeSpan.FromMinutes(1);

    /// <summary>What is kept of each part: long against the frames that are thrown away, short enough to be held in memory (3.5 MB).</summary>
    private static readonly TimeSpan PartLength = TimeSpan.FromSeconds(10);

    /// <summary>More than one decoder can feed.</summary>
    private const int MostEncoders = 8;

    private readonly int _encoders = Math.Min(Environment.ProcessorCount, MostEncoders);

    /// <summary>A clip is none of it: its chapters are cut with the source they come from.</summary>
    public static bool Suits(ConversionPlan plan) =>
        Environment.ProcessorCount > 1
        && plan.Promise.Duration > WorthIt
        && plan.Container == Container.Mp3
        && plan.Cut is null
        && plan.Streams is [{ Treatment: EncodeAudio }];

    /// <param name="inputs">The fetched files.</param>
    /// <param name="loudness">What the first pass measured; null where the sound stays as loud as it is.</param>
    /// <param name="path">Where to write the frames.</param>
    /// <param name="progress">Told how far into the sound the frames are.</param>
    /// <param name="cancellationToken">Stops all children.</param>
    /// <exception cref="MediaException">What the first child to fail met.</exception>
    public async Task<JoinedMp3> EncodeAsync(
        IReadOnlyList<string> inputs,
        Loudness? loudness,
        string path,
        IProgress<TimeSpan> progress,
        CancellationToken cancellationToken
    )
    {
        JoinedMp3? made = null;
        var decoded = await ChildProcess.RunAsync(
            child with
            {
                Arguments = FfmpegArguments.BuildDecode(plan, inputs, loudness),
                Output = async samples => made = await EncodeAsync(samples, path, progress, cancellationToken),
            },
            cancellationToken
        );
        Judge(decoded);
        return made
            ?? throw new MediaException(MediaError.SourceFailed, "The source's file is broken: it has no sound in it.");
    }

    private async Task<JoinedMp3?> EncodeAsync(
        Stream samples,
        string path,
        IProgress<TimeSpan> progress,
        CancellationToken cancellationToken
    )
    {
        if (await SoundHeader.TryReadAsync(samples, cancellationToken) is not { } header)
        {
            return null;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var encoder = child with
        {
            Arguments = FfmpegArguments.BuildEncodePart((EncodeAudio)plan.Streams[0].Treatment, header),
        };
        var encoders = Enumerable.Range(0, _encoders).Select(_ => new PartEncoder(encoder)).ToArray();
        var splitting = SplitAsync(samples, header, encoders, stop.Token);
        var joining = JoinAsync(encoders, header.Rate, path, progress, stop.Token);
        await AllOrFirstFailureAsync(
            [splitting, joining, .. encoders.Select(part => part.RunAsync(Judge, stop.Token))],
            stop
        );
        return new JoinedMp3(path, await splitting, await joining * Mp3Frame.SamplesAt(header.Rate));
    }

    /// <returns>How many samples the sound has.</returns>
    private static async Task<long> SplitAsync(
        Stream samples,
        SoundHeader header,
        PartEncoder[] encoders,
        CancellationToken cancellationToken
    )
    {
        var perFrame = Mp3Frame.SamplesAt(header.Rate);
        var frames = (int)(PartLength.TotalSeconds * header.Rate / perFrame);
        var frameBytes = perFrame * header.BytesPerSample;
        var parts = SoundPart.ReadAllAsync(samples, frameBytes, frames, cancellationToken);
        var number = 0;
        var length = 0L;
        await foreach (var part in parts)
        {
            length =
                (long)number * frames * perFrame + part.Length / header.BytesPerSample - part.LeadFrames * perFrame;
            await encoders[number % encoders.Length].FeedAsync(part, cancellationToken);
            number++;
        }
        foreach (var encoder in encoders)
        {
            encoder.Finish();
        }
        return length;
    }

    /// <returns>How many frames were joined.</returns>
    private static async Task<long> JoinAsync(
        PartEncoder[] encoders,
        int rate,
        string path,
        IProgress<TimeSpan> progress,
        CancellationToken cancellationToken
    )
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        var frames = 0L;
        for (var number = 0; ; number++)
        {
            var part = await encoders[number % encoders.Length].TakeAsync(cancellationToken);
            await file.WriteAsync(part.Bytes, cancellationToken);
            frames += part.Frames;
            progress.Report(TimeSpan.FromSeconds((double)frames * Mp3Frame.SamplesAt(rate) / rate));
            if (part.IsLast)
            {
                return frames;
            }
        }
    }

    private void Judge(ChildOutcome outcome)
    {
        if (ConversionFailure.From(outcome, maxBytes) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>What follows a failure fails too; the first is the reason.</summary>
    private static async Task AllOrFirstFailureAsync(Task[] tasks, CancellationTokenSource stop)
    {
        ExceptionDispatchInfo? first = null;
        await foreach (var task in Task.WhenEach(tasks))
        {
            if (task.IsCompletedSuccessfully)
            {
                continue;
            }
            first ??= ExceptionDispatchInfo.Capture(task.Exception?.InnerException ?? new TaskCanceledException(task));
            await stop.CancelAsync();
        }
        first?.Throw();
    }
}
