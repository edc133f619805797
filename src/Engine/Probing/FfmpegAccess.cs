using Decant.Engine.Children.Sandbox;

namespace Decant.Engine.Probing;

/// <summary>Access of a child of ffmpeg's: its inputs, and nothing else of this machine.</summary>
internal static class FfmpegAccess
{
    /// <param name="options">Options of the engine.</param>
    /// <param name="inputs">Files, addresses of our own relays, and <see cref="Demuxers.Mp3Pipe"/>.</param>
    public static ChildAccess To(EngineOptions options, params IEnumerable<string> inputs)
    {
        var relays = inputs.ToLookup(Demuxers.IsRelay);
        return new ChildAccess(options.Sandbox)
        {
            Reads = [.. relays[false].Where(input => input != Demuxers.Mp3Pipe)],
            Ports = [.. relays[true].Select(relay => new Uri(relay).Port).Distinct()],
        };
    }
}
