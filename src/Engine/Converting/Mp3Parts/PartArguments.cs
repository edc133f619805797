using System.Globalization;
using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>ffmpeg's arguments for an encoder of some parts of a planned mp3, from the source to its standard output.</summary>
internal static class PartArguments
{
    /// <param name="plan">Plan of the conversion.</param>
    /// <param name="inputs">The fetched files, in the plan's order.</param>
    /// <param name="loudness">Loudness that the first pass measured; null where the sound stays as loud as it is.</param>
    /// <param name="parts">Filters that leave the parts. They come last: what hears all of the sound does in each encoder as in one pass.</param>
    public static IReadOnlyList<string> Build(
        ConversionPlan plan,
        IReadOnlyList<string> inputs,
        Loudness? loudness,
        string parts
    )
    {
        var planned = plan.Streams[0];
        var sound = (EncodeAudio)planned.Treatment;
        var rates = sound.SampleRate is { } one ? [one] : AudioEncoder.For(sound.Codec).SampleRates!;
        var layout = sound.Channels switch
        {
            1 => "mono",
            2 => "stereo",
            _ => "mono|stereo",
        };
        return
        [
            "-hide_banner",
            "-nostdin",
            "-nostats",
            // At its end it says how many samples the encoder was given; what the source's tags say comes here, too, as "info".
            "-v",
            "level+verbose",
            // Filters that began anew would count anew.
            "-reinit_filter",
            "0",
            .. Demuxers.For(inputs[planned.Input]),
            "-i",
            Demuxers.Url(inputs[planned.Input]),
            "-map",
            $"0:{planned.Index}",
            "-c:a:0",
            .. Encoders.Audio(sound),
            "-filter:a:0",
            string.Join(
                ',',
                [
                    .. FfmpegArguments.Filters(sound, loudness),
                    $"aformat=sample_rates={string.Join('|', rates.Select(rate => rate.ToString(CultureInfo.InvariantCulture)))}:channel_layouts={layout}",
                    parts,
                ]
            ),
            // Without the reservoir no frame borrows bits from the one before it, which may be another encoder's.
            "-reservoir",
            "0",
            "-write_xing",
            "0",
            "-id3v2_version",
            "0",
            // Into a pipe ffmpeg writes each packet by itself: waking whoever reads took more time than encoding.
            "-flush_packets",
            "0",
            "-f",
            "mp3",
            "pipe:1",
        ];
    }
}
