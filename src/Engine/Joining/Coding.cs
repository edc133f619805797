using Decant.Engine.Probing;

namespace Decant.Engine.Joining;

/// <summary>Parameters of a stream that a file says once, for all of it: streams of one coding can be copied one behind the other.</summary>
internal static class Coding
{
    /// <summary>Codecs whose parameter sets players take from the file's header and not from the stream.</summary>
    private static readonly string[] WithHeader = ["h264", "hevc", "mpeg4", "vc1", "flac", "vorbis", "alac"];

    /// <returns>Equal for streams that can be copied one behind the other; null for none.</returns>
    public static string? Of(ProbedStream? stream) =>
        stream is null
            ? null
            : string.Join(
                '|',
                stream.Codec,
                stream.Profile,
                stream.PixelFormat,
                stream.Width,
                stream.Height,
                stream.Rotation,
                stream.ColorTransfer,
                stream.SampleRate,
                stream.Channels,
                WithHeader.Contains(stream.Codec) ? stream.HeaderHash : null
            );
}
