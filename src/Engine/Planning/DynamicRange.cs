using Decant.Engine.Probing;

namespace Decant.Engine.Planning;

/// <summary>Treatment of a picture of high dynamic range (HDR10, HLG).</summary>
internal enum DynamicRange
{
    /// <summary>High dynamic range is kept where it is copied or the codec encoded to can say it; tone-mapped elsewhere.</summary>
    AsItFits,

    /// <summary>High dynamic range is kept, at the price of a codec that fewer players know.</summary>
    High,

    /// <summary>Tone-mapped: looks right on every screen.</summary>
    Standard,
}

/// <summary>Recognises high dynamic range by a stream's transfer function or a codec.</summary>
internal static class HighDynamicRange
{
    /// <summary>SMPTE ST 2084 (HDR10, Dolby Vision's base layers) and ARIB STD-B67 (HLG), in ffmpeg's words.</summary>
    public static bool IsIn(ProbedStream picture) => picture.ColorTransfer is "smpte2084" or "arib-std-b67";

    /// <summary>Codecs that players expect high dynamic range in, and that are encoded with ten bits here.</summary>
    public static bool CanBeSaidBy(string codec) => codec is "hevc" or "vp9" or "av1";

    /// <returns>The container's codec for such pictures; null where it has none.</returns>
    public static string? CodecOf(Container container) =>
        container
            .VideoRules.FirstOrDefault(rule => CanBeSaidBy(rule.Codec) && OutputCodecs.CanEncode(rule.Codec))
            ?.Codec;
}
