using Decant.Engine.Planning;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>An mp3 of frames alone, one after the other, with nothing around them.</summary>
/// <param name="Path">The file they are in.</param>
/// <param name="Samples">Samples of the sound itself.</param>
/// <param name="Framed">Samples that the frames hold.</param>
internal sealed record JoinedMp3(string Path, long Samples, long Framed) : StreamTreatment
{
    public override string OutputCodec => "mp3";

    /// <summary>Samples that the last frames hold after the sound's last.</summary>
    public long Padding => Framed - Mp3Frame.Delay - Samples;
}
