using Decant.Server.Errors;

namespace Decant.Server.Billing;

/// <summary>A service of the API wallet, in the hosted service's words. There is one.</summary>
internal static class ServiceType
{
    public const string MediaExtraction = "media_extraction";

    /// <exception cref="ApiException"><c>invalid_request</c> for another service; nothing said is this one.</exception>
    public static void Ensure(string? name)
    {
        if (name is not (null or MediaExtraction))
        {
            throw ApiException.Invalid(
                "service_type",
                $"The service_type '{name}' is not known. Known is {MediaExtraction}."
            );
        }
    }
}
