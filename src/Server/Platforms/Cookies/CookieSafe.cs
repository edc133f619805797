using System.Security.Cryptography;
using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Sources;
using Microsoft.AspNetCore.DataProtection;

namespace Decant.Server.Platforms.Cookies;

/// <summary>Encrypts cookies where they are kept; they are in clear only on their way to the platform.</summary>
internal sealed class CookieSafe(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Decant.Platforms.Cookies");

    /// <summary>Encrypts cookies for storage.</summary>
    public string Protect(IReadOnlyList<PlatformCookie> cookies) =>
        _protector.Protect(JsonSerializer.Serialize(cookies));

    /// <exception cref="MediaException"><c>login_required</c> where they cannot be read any more.</exception>
    public IReadOnlyList<PlatformCookie> Read(string stored, Platform platform)
    {
        try
        {
            return JsonSerializer.Deserialize<IReadOnlyList<PlatformCookie>>(_protector.Unprotect(stored))!;
        }
        catch (CryptographicException exception)
        {
            throw new MediaException(
                MediaError.LoginRequired,
                $"Your cookies for {platform.Name} cannot be read any more, because this server's keys are others now. Send them again, or remove them.",
                exception
            );
        }
    }
}
