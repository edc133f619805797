using System.Text.Json;
using Decant.Engine.Sources;
using Decant.Server.Errors;

namespace Decant.Server.Platforms.Cookies;

/// <summary>A platform's cookies out of what somebody sent: only its own, and none that is over.</summary>
/// <param name="Cookies">Cookies, at least one.</param>
/// <param name="Ignored">Number of cookies that were other sites', or expired.</param>
/// <param name="SignIn">The one that signs somebody in, where it is there.</param>
internal sealed record GivenCookies(IReadOnlyList<PlatformCookie> Cookies, int Ignored, PlatformCookie? SignIn)
{
    private const int Most = 300;
    private const string Field = "cookies";

    /// <summary>Name of the cookie by which a platform knows who somebody is. Without it the others are a stranger's.</summary>
    private static readonly Dictionary<Platform, string> SignInNames = new()
    {
        [Platform.YouTube] = "LOGIN_INFO",
        [Platform.TikTok] = "sessionid",
        [Platform.Instagram] = "sessionid",
        [Platform.Vimeo] = "vimeo",
        [Platform.Twitter] = "auth_token",
        [Platform.Facebook] = "xs",
        [Platform.Twitch] = "auth-token",
    };

    /// <summary>Platforms whose pages are read with cookies.</summary>
    public static readonly IReadOnlyList<Platform> Platforms =
    [
        .. Platform.All.Where(platform => platform.Domains.Count > 0 && platform != Platform.Spotify),
    ];

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static GivenCookies Read(JsonElement sent, Platform platform, DateTimeOffset now)
    {
        var all = (
            sent.ValueKind switch
            {
                JsonValueKind.String => NetscapeCookies.Read(sent.GetString()!, Field),
                JsonValueKind.Array => JsonCookies.Read(sent, Field),
                _ => throw ApiException.Invalid(
                    Field,
                    "The field cookies is missing: send a text in Netscape's format, or an array of objects with domain, name and value."
                ),
            }
        ).ToList();
        var own = all.Where(cookie => cookie.IsOf(platform) && !(cookie.ExpiresAt <= now)).ToList();
        if (own.Count is 0 or > Most)
        {
            throw ApiException.Invalid(
                Field,
                $"Of the {all.Count} cookies, {own.Count} are {platform.Name}'s ({string.Join(", ", platform.Domains)}) and not expired; 1 to {Most} are wanted."
            );
        }

        return Of(own, platform) with
        {
            Ignored = all.Count - own.Count,
        };
    }

    /// <summary>Sorts out the cookies of a platform, with its session cookie.</summary>
    public static GivenCookies Of(IReadOnlyList<PlatformCookie> own, Platform platform) =>
        new(
            own,
            Ignored: 0,
            own.FirstOrDefault(cookie => cookie.Cookie.Name == SignInNames.GetValueOrDefault(platform))
        );

    /// <summary>The session cookie is among them, so that they can be a signed-in person's.</summary>
    public bool MaySignIn(Platform platform) => SignIn is not null || !SignInNames.ContainsKey(platform);

    public DateTimeOffset? ExpiresAt => SignIn is null ? Cookies.Max(cookie => cookie.ExpiresAt) : SignIn.ExpiresAt;
}
