using Decant.Engine.Children;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>Processor time of ffmpeg's runs that encode, several times of what the slowest of their kind took (<c>docs/adr/0018</c>).</summary>
internal static class EncodingTime
{
    /// <summary>Pictures of the largest side that is read.</summary>
    public static readonly TimeSpan OfAPicture = TimeSpan.FromMinutes(2);

    /// <summary>A second of sound that is decoded, filtered and encoded.</summary>
    private const double OfSound = 0.5;

    /// <summary>The same of a picture of any size.</summary>
    private const double OfSmallPictures = 20;

    /// <summary>The same for each picture element of a second's frames, at five times H.265's price (ADR 18).</summary>
    private const double OfElements = 5.0 / (1280 * 720 * 25);

    private const double UsualFrameRate = 60;

    /// <summary>A length is hearsay until all of it has come.</summary>
    private static readonly TimeSpan LeastLength = TimeSpan.FromMinutes(1);

    /// <param name="plan">Plan of the conversion.</param>
    /// <param name="maxBytes">Size that each file may have.</param>
    public static TimeSpan ToMake(ConversionPlan plan, long maxBytes)
    {
        var seconds = plan.Streams.Sum(stream =>
            stream.Treatment switch
            {
                EncodeVideo video => ToEncode(
                    video.Size ?? plan.Promise.Picture,
                    stream.SourceFrameRate,
                    plan.Promise.Duration
                ),
                EncodeAudio => OfSound * Length(plan.Promise.Duration).TotalSeconds,
                _ => 0,
            }
        );
        return ProcessorTime.ToCopy(maxBytes) + TimeSpan.FromSeconds(seconds);
    }

    /// <summary>Processor time allowed for joining parts, whose pictures and sound may all have to be made anew.</summary>
    /// <param name="length">Length of all parts.</param>
    /// <param name="picture">Size of the picture, where there is one.</param>
    /// <param name="maxBytes">Size that each file may have.</param>
    public static TimeSpan ToJoin(TimeSpan length, PictureSize? picture, long maxBytes) =>
        ProcessorTime.ToCopy(maxBytes)
        + TimeSpan.FromSeconds(
            (OfSound * Length(length).TotalSeconds) + (picture is null ? 0 : ToEncode(picture, null, length))
        );

    private static double ToEncode(PictureSize? size, double? frameRate, TimeSpan? length)
    {
        var elements = (size?.Width ?? 3840.0) * (size?.Height ?? 2160);
        return Length(length).TotalSeconds
            * Math.Max(OfSmallPictures, elements * (frameRate ?? UsualFrameRate) * OfElements);
    }

    /// <summary>Length to reckon with; a day where nobody says.</summary>
    private static TimeSpan Length(TimeSpan? said) =>
        said is not { } length ? TimeSpan.FromHours(24)
        : length > LeastLength ? length
        : LeastLength;
}
