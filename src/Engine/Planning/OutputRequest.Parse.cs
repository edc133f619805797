namespace Decant.Engine.Planning;

public sealed partial record OutputRequest
{
    /// <summary>Reads a request's words. Every contradiction is found here, before anything is looked up.</summary>
    /// <exception cref="Errors.MediaException"><c>invalid_request</c> with the field at fault, or <c>unknown_format</c>.</exception>
    public static OutputRequest Parse(
        string? format,
        string? quality,
        bool audioOnly = false,
        string? formatSelector = null,
        string? videoCodec = null,
        string? audioCodec = null
    ) => throw new NotImplementedException();
}
