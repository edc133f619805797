namespace Decant.Engine;

/// <summary>An application of the operator's at https://developer.spotify.com. Without one the public pages are read.</summary>
public sealed record SpotifyCredentials(string ClientId, string ClientSecret)
{
    /// <summary>The client's id without the secret: records are printed in logs.</summary>
    public override string ToString() => $"{nameof(SpotifyCredentials)} {{ {nameof(ClientId)} = {ClientId} }}";
}
