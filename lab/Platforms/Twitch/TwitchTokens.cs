using System.Text.Json;
using System.Text.Json.Nodes;

namespace Decant.Lab.Platforms.Twitch;

/// <summary>Access tokens: JSON that says what they are good for and until when, and a signature over it.</summary>
internal sealed class TwitchTokens(SignedLinks signed)
{
    /// <param name="what">A broadcast's number, a channel's name or a clip's slug.</param>
    public (string Value, string Signature) For(string what)
    {
        var (expires, signature) = signed.Sign(what, SignedLinks.Life);
        return (
            JsonSerializer.Serialize(
                new
                {
                    what,
                    expires,
                    geoblock_reason = "",
                }
            ),
            signature
        );
    }

    public bool IsGood(string what, string? token, string? signature) =>
        token is not null
        && JsonNode.Parse(token) is { } value
        && (string?)value["what"] == what
        && signed.IsGood(what, value["expires"]?.ToString(), signature);
}
