using Decant.Engine.Extracting;

namespace Decant.Engine.Planning;

/// <summary>Chooses the formats to fetch. Pure.</summary>
internal static class Planner
{
    /// <exception cref="Errors.MediaException"><c>unknown_format</c> where the selector names none of them, or nothing fits the request.</exception>
    public static ExtractionPlan Plan(MediaInfo info, OutputRequest request) => throw new NotImplementedException();
}
