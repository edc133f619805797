using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.SoundCloud;

/// <summary>The pages and the script in which the players, and extractors, find the key to the API; and the short links.</summary>
internal sealed class SoundCloudSite : ISite
{
    /// <summary>Of 32 letters and digits, as the real one.</summary>
    public const string ClientId = "DecantLabDecantLabDecantLab00001";

    private const string Html = "text/html; charset=utf-8";

    public IReadOnlyList<string> Hosts =>
        ["soundcloud.com", "www.soundcloud.com", "m.soundcloud.com", "on.soundcloud.com", "a-v2.sndcdn.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => TypedResults.Text(Page("Hear the world's sounds"), Html));
        routes.MapGet("/{user}/{**rest}", (string user) => TypedResults.Text(Page(user), Html));
        routes.MapGet("/assets/0-deca1ab0.js", () => TypedResults.Text("window.lab={};\n", "text/javascript"));
        routes.MapGet(
            "/assets/49-deca1ab0.js",
            () => TypedResults.Text($"(function(){{var e={{client_id:\"{ClientId}\"}};}})();\n", "text/javascript")
        );
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods(
            "/lab{number:long}",
            read,
            (long number) => TypedResults.Redirect($"{SoundCloudTrack.Find(number).Page}?utm_medium=text&si=lab")
        );
    }

    private static string Page(string title) =>
        $"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
            <script crossorigin src="https://a-v2.sndcdn.com/assets/0-deca1ab0.js"></script>
            <script crossorigin src="https://a-v2.sndcdn.com/assets/49-deca1ab0.js"></script>
            </body></html>
            """;
}
