using Decant.Engine.Errors;
using Decant.Engine.Probing;

namespace Decant.Engine.Planning;

/// <summary>Copy, encode or scale the picture.</summary>
internal static class VideoTreatment
{
    public static StreamTreatment Choose(ProbedStream picture, OutputRequest request)
    {
        var container = request.Container;
        var rule = container.VideoRule(picture.Codec);
        var scaled = ScaleTo(picture, request.Quality);
        var isHigh = HighDynamicRange.IsIn(picture);
        var fits =
            scaled is null
            && !picture.LacksTimes
            && rule is not null
            && rule.AdmitsPicture(picture.PixelFormat)
            && !(isHigh && request.DynamicRange == DynamicRange.Standard)
            && (picture.Rotation == 0 || container.KeepsRotation)
            && (request.VideoCodec is not { } forced || forced == picture.Codec);
        if (fits)
            return new CopyStream(picture.Codec, IsVideo: true, rule!.Tag);

        var codec =
            request.VideoCodec
            ?? (isHigh && request.DynamicRange == DynamicRange.High ? HighDynamicRange.CodecOf(container) : null)
            ?? container.VideoRules[0].Codec;
        var kept = isHigh && request.DynamicRange != DynamicRange.Standard && HighDynamicRange.CanBeSaidBy(codec);
        return new EncodeVideo(
            codec,
            scaled ?? Evened(picture),
            container.VideoRule(codec)?.Tag,
            container.ConstantFrameRate
        )
        {
            KeptTransfer = kept ? picture.ColorTransfer : null,
            ToneMappedFrom = isHigh && !kept ? picture.ColorTransfer : null,
        };
    }

    /// <summary>The picture as a player shows it, turned where the file says so.</summary>
    public static PictureSize? SizeOf(ProbedStream picture) =>
        (picture.Width, picture.Height) switch
        {
            ({ } width and > 0, { } height and > 0) => picture.Rotation is 90 or 270
                ? new(height, width)
                : new(width, height),
            _ => null,
        };

    private static PictureSize? ScaleTo(ProbedStream picture, Quality quality) =>
        quality is Quality.Height asked && SizeOf(picture) is { } size && !asked.Admits(size.ShortSide)
            ? size.Within(asked.Lines)
            : null;

    /// <summary>4:2:0 encoders refuse odd sides.</summary>
    private static PictureSize? Evened(ProbedStream picture) =>
        SizeOf(picture) is { } size && (size.Width % 2 != 0 || size.Height % 2 != 0)
            ? new(size.Width & ~1, size.Height & ~1)
            : null;

    /// <summary>Says that there is none to treat.</summary>
    public static MediaException Missing(Container container) =>
        new(
            MediaError.UnknownFormat,
            $"The source turned out to have no picture, so the format \"{container.Name}\" cannot be made. Ask for an audio format such as mp3 or m4a."
        )
        {
            Field = "format",
        };
}
