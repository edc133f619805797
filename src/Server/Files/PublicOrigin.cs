using Microsoft.AspNetCore.Http;

namespace Decant.Server.Files;

/// <summary>Where clients reach this server: the setting <c>PublicBaseUrl</c>, or else the address the request itself used.</summary>
internal sealed class PublicOrigin(IConfiguration configuration)
{
    private readonly string? _configured = configuration["PublicBaseUrl"]?.TrimEnd('/');

    public string Of(HttpRequest request) =>
        string.IsNullOrEmpty(_configured) ? $"{request.Scheme}://{request.Host}{request.PathBase}" : _configured;
}
