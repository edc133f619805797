using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Decant.Engine.Tests.Planning;

/// <summary>What holds for every plan, whatever is offered and asked.</summary>
public sealed class PlannerProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true);

    [Fact]
    public void Nothing_is_ever_scaled_up() =>
        Holds(
            (_, plan, conversion) =>
                conversion
                    .Streams.Select(stream => stream.Treatment)
                    .OfType<EncodeVideo>()
                    .All(encoded =>
                        encoded.Size is not { } size
                        || (size.Width <= plan.Sources[0].Width && size.Height <= plan.Sources[0].Height)
                    )
        );

    [Fact]
    public void The_asked_height_is_never_exceeded() =>
        Holds(
            (request, _, conversion) =>
                request.Quality is not Quality.Height asked
                || conversion.Promise.Picture is not { } made
                || asked.Admits(made.ShortSide)
        );

    [Fact]
    public void Nothing_above_the_asked_height_is_fetched_while_something_below_exists() =>
        Holds(
            (request, plan, _) =>
                request.Quality is not Quality.Height asked
                || request.AudioOnly
                || asked.Admits(PictureSize.ShortSideOf(plan.Sources[0])!.Value)
                || !plan.Info.Formats.Any(format =>
                    format.MayHaveVideo && asked.Admits(PictureSize.ShortSideOf(format)!.Value)
                )
        );

    [Fact]
    public void The_best_height_not_above_the_asked_is_taken() =>
        Holds(
            (request, plan, _) =>
                request.Quality is not Quality.Height asked
                || request.AudioOnly
                || !plan
                    .Info.Formats.Where(format => format.MayHaveVideo)
                    .Select(format => PictureSize.ShortSideOf(format)!.Value)
                    .Any(lines => asked.Admits(lines) && lines > PictureSize.ShortSideOf(plan.Sources[0]))
        );

    [Fact]
    public void A_picture_that_fits_is_copied() =>
        Holds(
            (request, plan, conversion) =>
                request.AudioOnly
                || Offers.Probe(plan.Sources[0]).Video is not { } picture
                || request.Container.VideoRule(picture.Codec) is not { } rule
                || !rule.AdmitsPicture(picture.PixelFormat)
                || (
                    request.Quality is Quality.Height asked
                    && !asked.Admits(Math.Min(picture.Width!.Value, picture.Height!.Value))
                )
                || conversion.Streams[0].Treatment is CopyStream
        );

    [Fact]
    public void A_sound_that_fits_and_is_not_above_what_was_asked_is_copied() =>
        Holds(
            (request, plan, conversion) =>
                Offers.Probe(plan.Sources[^1]).Audio is not { } sound
                || request.Container.AudioRule(sound.Codec) is not { } rule
                || !rule.AdmitsSound(sound.SampleRate, sound.Profile)
                || (request.Quality is Quality.AudioBitrate asked && sound.Bitrate > asked.BitsPerSecond)
                || conversion.Streams[^1].Treatment is CopyStream
        );

    [Fact]
    public void Sound_never_gets_more_bits_than_were_asked() =>
        Holds(
            (request, _, conversion) =>
                request.Quality is not Quality.AudioBitrate asked
                || conversion.Streams[^1].Treatment is not EncodeAudio { BitsPerSecond: { } rate }
                || rate <= asked.BitsPerSecond
        );

    [Fact]
    public void Sound_is_resampled_only_where_its_rate_does_not_fit() =>
        Holds(
            (request, plan, conversion) =>
                conversion.Streams[^1].Treatment is not EncodeAudio { SampleRate: { } rate } made
                || Offers.Probe(plan.Sources[^1]).Audio!.SampleRate is not { } before
                || (
                    rate != before
                    && (
                        request.Container.AudioRule(made.Codec)?.SampleRates
                        ?? AudioEncoder.For(made.Codec).SampleRates!
                    ).Contains(before)
                        is false
                )
        );

    [Fact]
    public void A_container_always_may_hold_what_is_put_into_it() =>
        Holds(
            (request, _, conversion) =>
                conversion.Container == request.Container
                && (conversion.Promise.VideoCodec is not { } video || request.Container.VideoRule(video) is not null)
                && conversion.Promise.AudioCodec is { } audio
                && request.Container.AudioRule(audio) is not null
        );

    [Fact]
    public void The_order_of_the_formats_changes_nothing() =>
        Prop.ForAll(
                (
                    from info in Offers.Medium
                    from request in Offers.Request
                    from shuffled in Gen.Shuffle<SourceFormat>(info.Formats)
                    select (info, request, shuffled)
                ).ToArbitrary(),
                one => Ids(one.info, one.request) == Ids(one.info with { Formats = one.shuffled }, one.request)
            )
            .Check(Thorough);

    private static string Ids(MediaInfo info, OutputRequest request) =>
        string.Join('+', Planner.Plan(info, request).Sources.Select(source => source.Id));

    private static void Holds(Func<OutputRequest, ExtractionPlan, ConversionPlan, bool> property) =>
        Prop.ForAll(
                (from info in Offers.Medium from request in Offers.Request select (info, request)).ToArbitrary(),
                one =>
                {
                    var plan = Planner.Plan(one.info, one.request);
                    ProbedMedia[] probes = [.. plan.Sources.Select(Offers.Probe)];
                    return property(one.request, plan, ConversionPlanner.Plan(plan, probes));
                }
            )
            .Check(Thorough);
}
