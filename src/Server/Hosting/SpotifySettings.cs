using System.ComponentModel.DataAnnotations;
using Decant.Engine;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Spotify</c>: an application of the operator's at https://developer.spotify.com. Without one the public pages are read.</summary>
internal sealed class SpotifySettings : IValidatableObject
{
    /// <summary>Id of the application.</summary>
    public string? ClientId { get; set; }

    /// <summary>Secret of the application.</summary>
    [Secret]
    public string? ClientSecret { get; set; }

    /// <summary>The credentials; null where none are set.</summary>
    public SpotifyCredentials? ToCredentials() =>
        string.IsNullOrEmpty(ClientId) || string.IsNullOrEmpty(ClientSecret)
            ? null
            : new SpotifyCredentials(ClientId, ClientSecret);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(ClientId) != string.IsNullOrEmpty(ClientSecret))
        {
            yield return new(
                "an application has an id and a secret; set both, or neither.",
                [string.IsNullOrEmpty(ClientId) ? nameof(ClientId) : nameof(ClientSecret)]
            );
        }
    }
}
