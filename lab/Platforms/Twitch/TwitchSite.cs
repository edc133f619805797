using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.Twitch;

/// <summary>The pages, which are a script and nothing else: whoever wants to know something asks GraphQL.</summary>
internal sealed class TwitchSite : ISite
{
    public IReadOnlyList<string> Hosts =>
        ["www.twitch.tv", "twitch.tv", "m.twitch.tv", "go.twitch.tv", "clips.twitch.tv", "player.twitch.tv"];

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/{**page}",
            () =>
                TypedResults.Text(
                    "<!DOCTYPE html><html><head><title>Twitch</title></head><body><script src=\"/deca1ab0.js\"></script></body></html>",
                    "text/html; charset=utf-8"
                )
        );
}
