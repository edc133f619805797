using Decant.Engine.Probing;

namespace Decant.Engine.Planning;

/// <summary>
/// Bytes to leave free for the index at the head of an mp4. With room for it the media is written once; without, the
/// muxer writes all of it and then moves it to let the index in before it (ADR 0023).
/// </summary>
internal static class IndexRoom
{
    /// <summary>Greatest share of the file that may be reserved in vain; unused room stays in it as an empty box.</summary>
    private const double MostWaste = 0.01;

    /// <summary>The index without its samples, tags included.</summary>
    private const int Frame = 16 << 10;

    /// <summary>Size 4, times 8 + 8, key frame 4, and its part of a chunk's place; about 8 are usual.</summary>
    private const int BytesPerPicture = 28;
    private const int BytesPerSound = 20;
    private const int BytesPerChapter = 512;

    private const double UsualFrameRate = 60;
    private const double UsualSampleRate = 48_000;

    /// <summary>Codecs put as many samples in a frame, or more.</summary>
    private const double SamplesPerFrame = 960;

    /// <param name="plan">Plan of the conversion.</param>
    /// <param name="probes">Probes of its sources.</param>
    /// <param name="estimatedBytes">Estimated size of all sources, as the site says; for those whose size nobody knows yet.</param>
    /// <returns>Null where moving is cheaper: for small files, and beside an encoder, which takes a hundred times as long.</returns>
    public static long? Of(ConversionPlan plan, IReadOnlyList<ProbedMedia> probes, long? estimatedBytes)
    {
        if (
            !plan.Container.HasIndexFirst
            || plan.Promise.Duration is not { } duration
            || plan.Cut is not null
            || plan.Subtitles.Count > 0
            || plan.Streams.Any(stream => stream.Treatment is not CopyStream)
            // The sound of a film is a small file, whatever the film weighs.
            || (plan.Promise.VideoCodec is null && probes.Any(probe => probe.Video is not null))
        )
            return null;
        double room = Frame + BytesPerChapter * plan.Chapters.Count;
        foreach (var planned in plan.Streams)
        {
            var stream = probes[planned.Input].Streams.First(one => one.Index == planned.Index);
            room +=
                duration.TotalSeconds
                * (
                    stream.Kind == StreamKind.Video
                        ? BytesPerPicture * (stream.FramesPerSecond ?? UsualFrameRate)
                        : BytesPerSound * (stream.SampleRate ?? UsualSampleRate) / SamplesPerFrame
                );
        }
        var bytes = probes.All(probe => probe.Size is not null) ? probes.Sum(probe => probe.Size) : estimatedBytes;
        return room <= bytes * MostWaste ? (long)room : null;
    }
}
