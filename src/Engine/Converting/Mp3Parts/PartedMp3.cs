using System.Runtime.ExceptionServices;
using Decant.Engine.Children;
using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>A long mp3 on all cores: children encode parts of it in turn, and their frames are joined in order. ADR 0016 says why mp3 alone.</summary>
/// <param name="plan">Plan of the conversion.</param>
/// <param name="inputs">The fetched files; each encoder reads them for itself.</param>
/// <param name="loudness">Loudness that the first pass measured; null where the sound stays as loud as it is.</param>
/// <param name="child">Command that starts an encoder.</param>
/// <param name="maxBytes">The limit to name where it is met.</param>
internal sealed class PartedMp3(
    ConversionPlan plan,
    IReadOnlyList<string> inputs,
    Loudness? loudness,
    ChildCommand child,
    long maxBytes
)
{
    /// <summary>Shorter than this, starting the encoders costs what they save.</summary>
    private static readonly TimeSpan WorthIt = TimeSpan.FromMinutes(1);

    /// <summary>Most encoders of one sound. Each decodes all of it: with more, that would be most of the work.</summary>
    private const int MostEncoders = 4;

    private const int UsualRate = 48000;

    private const string Changed = "Changing audio frame properties";

    /// <summary>A clip is none of it: its chapters are cut with the source they come from. Nor is what is limited on its way, which costs more than to encode it.</summary>
    public static bool Suits(ConversionPlan plan, Loudness? loudness) =>
        Environment.ProcessorCount > 1
        && plan.Promise.Duration > WorthIt
        && plan.Container == Container.Mp3
        && plan.IsWhole
        && plan.Streams is [{ Treatment: EncodeAudio sound }]
        && loudness?.IsLimitedFor(sound) != true;

    /// <param name="into">Stream that takes the frames, one after the other, with nothing around them.</param>
    /// <param name="cancellationToken">Token that stops all children.</param>
    /// <returns>Samples that the last frames hold after the sound's last.</returns>
    /// <exception cref="MediaException">What the first child to fail met.</exception>
    /// <exception cref="ChangingSoundException">One pass can make it.</exception>
    public async Task<long> EncodeAsync(Stream into, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sound = (EncodeAudio)plan.Streams[0].Treatment;
        var rota = Rota.Of(
            plan.Promise.Duration!.Value,
            sound.LoudnessRate ?? UsualRate,
            Math.Min(Environment.ProcessorCount, MostEncoders)
        );
        var encoders = Enumerable.Range(0, rota.Encoders).Select(number => new PartEncoder(rota, number)).ToArray();
        var joining = JoinAsync(encoders, into, stop.Token);
        var encoding = encoders
            .Select((encoder, number) => encoder.RunAsync(Command(number), Judge, stop.Token))
            .ToArray();
        await AllOrFirstFailureAsync([joining, .. encoding], stop);
        var length = (await Task.WhenAll(encoding)).Max();
        return await joining - Mp3Frame.Delay - length;

        ChildCommand Command(int number) =>
            child with
            {
                Arguments = PartArguments.Build(plan, inputs, loudness, rota.Filters(number)),
            };
    }

    /// <returns>Number of samples in the frames.</returns>
    private static async Task<long> JoinAsync(PartEncoder[] encoders, Stream into, CancellationToken cancellationToken)
    {
        var samples = 0L;
        for (var number = 0; ; number++)
        {
            var parts = encoders[number % encoders.Length].Encoded;
            if (!await parts.WaitToReadAsync(cancellationToken))
                break;
            var part = await parts.ReadAsync(cancellationToken);
            await into.WriteAsync(part.Bytes, cancellationToken);
            samples += part.Samples;
        }
        foreach (var encoder in encoders)
        {
            if (await encoder.Encoded.WaitToReadAsync(cancellationToken))
                throw new InvalidDataException("The mp3 encoders did not hear the same sound.");
        }
        return samples;
    }

    private void Judge(ChildOutcome outcome)
    {
        if (outcome.Errors.Any(line => line.Contains(Changed, StringComparison.Ordinal)))
        {
            throw new ChangingSoundException();
        }
        if (ConversionFailure.From(outcome, maxBytes) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>First failure of the encoders; those that follow it are its consequences.</summary>
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

/// <summary>The sound has another rate or other channels from somewhere on, and its samples cannot be counted through.</summary>
internal sealed class ChangingSoundException : Exception;
