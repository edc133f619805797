using Decant.Engine.Errors;
using Decant.Engine.Probing;

namespace Decant.Engine.Planning;

/// <summary>Encryption that no manifest speaks of, found in the media themselves.</summary>
internal static class Protection
{
    /// <param name="probe">Probe of what came.</param>
    /// <param name="soundAlone">True where nothing but sound is asked for.</param>
    /// <param name="format">The rendition that it is of, which another may take the place of; null for none.</param>
    /// <exception cref="MediaException"><c>drm_protected</c> where a stream that is asked for is encrypted.</exception>
    public static void Refuse(ProbedMedia probe, bool soundAlone, string? format)
    {
        var asked = probe
            .Streams.Where(stream =>
                stream.Kind == StreamKind.Audio || (stream.Kind == StreamKind.Video && !soundAlone)
            )
            .ToList();
        if (asked.Exists(stream => stream.IsEncrypted))
        {
            throw new MediaException(
                MediaError.DrmProtected,
                "What the source delivers is DRM protected (its samples are encrypted), and protection is not circumvented."
            )
            {
                IsFinal = true,
                GoneFormat = format,
            };
        }
    }
}
