using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>The format <c>original</c>: the sound as the source has it, in whatever container takes it without encoding.</summary>
internal static class SourceSound
{
    public const string Name = "original";

    /// <summary>Containers in which a source's sound is looked for, those first that play in most places.</summary>
    private static readonly Container[] Candidates =
    [
        Container.M4a,
        Container.Mp3,
        Container.Opus,
        Container.Ogg,
        Container.Flac,
        Container.Aac,
        Container.Wav,
    ];

    /// <summary>The container before the source is known: what most sites' sound fits.</summary>
    public static Container Usual => Container.M4a;

    public static bool Is(string? format) => string.Equals(format?.Trim(), Name, StringComparison.OrdinalIgnoreCase);

    /// <returns>The first container that takes the sound as it is; <see cref="Usual"/> where the source's formats are not known, or none takes it.</returns>
    public static Container ContainerFor(OutputRequest request, MediaInfo info) =>
        info.Formats.Count == 0
            ? Usual
            : Candidates.FirstOrDefault(container => IsCopy(request with { Container = container }, info)) ?? Usual;

    private static bool IsCopy(OutputRequest request, MediaInfo info)
    {
        try
        {
            return Forecast.Of(Planner.Plan(info, request)).IsCopy;
        }
        catch (MediaException exception) when (exception.Error == MediaError.UnknownFormat)
        {
            // Without sound there is nothing to copy; the plan that is made of it says so.
            return false;
        }
    }
}
