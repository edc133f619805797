namespace Decant.Lab.Platforms.Vimeo;

/// <summary>Vimeo's pages for people. A film's page has no player configuration for a visitor without an account; a channel's has.</summary>
internal static class VimeoPages
{
    public static string Shell { get; } = Page("Vimeo", "<div id=\"__next\"></div>");

    public static string Film(VimeoVideo video) =>
        Page(video.Title, $"<div id=\"__next\"><h1>{video.Title}</h1></div>");

    public static string Player(VimeoPlayer player, VimeoVideo video) =>
        video.Standing == Standing.Changed
            ? Page(video.Title, "<div id=\"player\"></div>")
            : Page(
                video.Title,
                $"<div id=\"player\"></div><script>window.playerConfig = {Answer.Serialize(player.Config(video))}</script>"
            );

    /// <summary>A film among those of a channel.</summary>
    public static string InChannel(VimeoVideo video) =>
        Page(
            video.Title,
            $"""
            <div class="player" data-config-url="https://player.vimeo.com/video/{video.Id}/config?autopause=1"></div>
            <time datetime="{video.Uploaded:yyyy-MM-ddTHH:mm:ssK}">then</time>
            <div class="description">{video.Description}</div>
            """
        );

    /// <param name="number">Number of the page, from 1.</param>
    /// <param name="folder">Beginning of a film's address, such as <c>/channels/labstaffpicks/</c>.</param>
    public static string List(VimeoList list, int number, string folder)
    {
        var films = list.Videos.Skip((number - 1) * VimeoList.PageSize).Take(VimeoList.PageSize);
        var next =
            number * VimeoList.PageSize < list.Videos.Count
                ? $"<a href=\"page:{number + 1}/\" rel=\"next\">Next</a>"
                : "";
        return Page(
            list.Title,
            $"""
            <link rel="alternate" type="application/rss+xml" title="{list.Title}" href="/rss">
            <a href="/{VimeoVideo.Handle}" class="user">{list.Title}</a>
            <ol>
            {string.Join(
                '\n',
                films.Select(film =>
                    $"<li id=\"clip_{film.Id}\"><a href=\"{folder}{film.Id}\" title=\"{film.Title}\">{film.Title}</a></li>"
                )
            )}
            </ol>
            {next}
            """
        );
    }

    private static string Page(string title, string body) =>
        $"<!DOCTYPE html>\n<html lang=\"en\"><head><title>{title} on Vimeo</title></head>\n<body>\n{body}\n</body></html>\n";
}
