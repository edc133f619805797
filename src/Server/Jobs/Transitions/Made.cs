using Decant.Engine;

namespace Decant.Server.Jobs.Transitions;

/// <summary>A result of the engine.</summary>
internal abstract record Made
{
    public sealed record Medium(ExtractionResult Result) : Made;

    public sealed record Thumbnail(ThumbnailResult Result) : Made;
}
