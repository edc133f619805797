using Decant.Engine.Converting;
using Decant.Engine.Probing;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Decides, from what was really fetched, what becomes of each stream. Pure.</summary>
internal static class ConversionPlanner
{
    /// <param name="plan">Plan of the fetch.</param>
    /// <param name="probes">Probes of what came, one per source of the plan.</param>
    /// <exception cref="Errors.MediaException"><c>unknown_format</c> where the source lacks what the container is for.</exception>
    public static ConversionPlan Plan(ExtractionPlan plan, IReadOnlyList<ProbedMedia> probes)
    {
        var request = plan.Request;
        var picture = request.Container.IsAudio ? null : Found(probes, probe => probe.Video, last: false);
        // Of a pair the second is the sound.
        var sound = Found(probes, probe => probe.AudioIn(request.AudioLanguage), last: true);
        if (!request.Container.IsAudio && picture is null)
            throw VideoTreatment.Missing(request.Container);
        if (request.Container.IsAudio && sound is null)
            throw AudioTreatment.Missing(request.Container);

        var late = SharedClock.LateOf(plan.Sources, probes);
        var lengths = new StreamLengths(plan, probes, [.. new[] { picture, sound }.OfType<Pick>()], late);
        var streams = new List<PlannedStream>(2);
        if (picture is { } video)
            streams.Add(
                new(video.Input, video.Stream.Index, VideoTreatment.Choose(video.Stream, request))
                {
                    Length = lengths.Of(video),
                    SourceFrameRate = video.Stream.FramesPerSecond,
                }
            );
        if (sound is { } audio)
        {
            var rate = RateOf(audio.Stream, probes[audio.Input], plan.Sources[audio.Input]);
            streams.Add(
                new(audio.Input, audio.Stream.Index, AudioTreatment.Choose(audio.Stream, request, rate))
                {
                    Language = audio.Stream.Language ?? plan.Sources[audio.Input].Language,
                    Length = lengths.Of(audio),
                    SourceRate = audio.Stream.SampleRate,
                }
            );
        }
        var whole = lengths.Longest ?? plan.Info.Duration;
        var cut = CutOf(request.Clip, whole, streams);
        var conversion = new ConversionPlan
        {
            Container = request.Container,
            Streams = streams,
            Tags = Tagging.Tags(plan),
            Subtitles = SubtitlesOf(plan),
            Chapters = Tagging.Chapters(plan, cut),
            Cut = cut,
            Late = late,
            // A program stream has a time for each packet of its own (ISO/IEC 13818-1, 2.7.4), which may hold several frames; AVI
            // counts frames, and does not say when one that was reordered is shown.
            WithoutAllTimes =
            [
                .. probes.Index().Where(one => one.Item.FormatName is "mpeg" or "avi").Select(one => one.Index),
            ],
            Promise = new OutputPromise
            {
                VideoCodec = picture is null ? null : streams[0].Treatment.OutputCodec,
                AudioCodec = sound is null ? null : streams[^1].Treatment.OutputCodec,
                Picture = picture is null ? null : PictureOf(picture.Value.Stream, streams[0].Treatment),
                StandardRange = streams[0].Treatment is EncodeVideo { KeptTransfer: null },
                Sound = BandOf(streams[^1].Treatment),
                LongestLead =
                    cut is { At: CutPoint.Keyframe } ? cut.Start
                    : streams[0].Treatment is CopyStream { IsVideo: true } ? LeadOf(late, streams[0].Input)
                    : TimeSpan.Zero,
                Duration = request.Clip is { } clip ? clip.LengthOf(whole) : whole,
            },
        };
        return conversion with { IndexRoom = IndexRoom.Of(conversion, probes, plan.EstimatedFetchBytes) };
    }

    /// <summary>Playing time of a source before the medium begins.</summary>
    public static TimeSpan LeadOf(IReadOnlyList<TimeSpan> late, int input) =>
        late.ElementAtOrDefault(input) is var place && place < TimeSpan.Zero ? -place : TimeSpan.Zero;

    private static List<PlannedSubtitle> SubtitlesOf(ExtractionPlan plan) =>
        plan.Request is { Subtitles.Place: SubtitlePlace.Embed, Container.SubtitleCodec: { } codec }
            ? [.. plan.Subtitles.Select(one => new PlannedSubtitle(codec, one.Language, one.IsAutomatic))]
            : [];

    private static Cut? CutOf(Clip? clip, TimeSpan? whole, IReadOnlyList<PlannedStream> streams)
    {
        if (clip is null)
            return null;
        if (whole is { } length)
            clip.RequireWithin(length);
        var copiesPicture = streams.Any(stream => stream.Treatment is CopyStream { IsVideo: true });
        return new Cut(
            clip.Start,
            clip.End - clip.Start,
            copiesPicture && clip.Start > TimeSpan.Zero ? CutPoint.Keyframe : CutPoint.Frame
        );
    }

    /// <summary>Encoders of a constant rate keep to it; those of a variable one may stay below, and overshoot where the sound is dense.</summary>
    private static BitrateBand? BandOf(StreamTreatment treatment) =>
        treatment is EncodeAudio { BitsPerSecond: { } rate } audio
            ? audio.Codec switch
            {
                "mp3" or "ac3" => new BitrateBand(rate * 19 / 20, rate * 21 / 20),
                "aac" or "opus" => new BitrateBand(0, rate * 5 / 4),
                // Vorbis is told a quality, which has no upper end.
                _ => null,
            }
            : null;

    private static Pick? Found(IReadOnlyList<ProbedMedia> probes, Func<ProbedMedia, ProbedStream?> streamOf, bool last)
    {
        var picks = probes
            .Select((probe, input) => streamOf(probe) is { } stream ? new Pick(input, stream) : (Pick?)null)
            .Where(pick => pick is not null);
        return last ? picks.LastOrDefault() : picks.FirstOrDefault();
    }

    private static PictureSize? PictureOf(ProbedStream stream, StreamTreatment treatment) =>
        (treatment as EncodeVideo)?.Size ?? VideoTreatment.SizeOf(stream);

    /// <summary>The file's word for the stream, else for a file that holds nothing else, else the site's.</summary>
    private static long? RateOf(ProbedStream stream, ProbedMedia probe, SourceFormat source) =>
        stream.Bitrate
        ?? (
            probe is { Streams.Count: 1, Size: { } size, Duration.TotalSeconds: > 0 and var seconds }
                ? (long?)(size * 8 / seconds)
                : null
        )
        ?? source.AudioBitrate;
}
