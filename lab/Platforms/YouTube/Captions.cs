using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>
/// Captions: the player's list of tracks and the addresses behind them. A cue every two seconds; the automatic ones roll, as the
/// site's do, and are translated on demand.
/// </summary>
internal sealed class Captions(SignedLinks signed) : ISite
{
    private const double CueLength = 2;

    private static readonly Dictionary<string, string> Names = new()
    {
        ["en"] = "English",
        ["de"] = "German",
        ["fr"] = "French",
    };

    public IReadOnlyList<string> Hosts => ["www.youtube.com"];

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/timedtext", Serve);

    /// <param name="client">Client that asks: only browsers are told what a track can be translated into.</param>
    /// <returns>Null where the video has none.</returns>
    public JsonObject? ListFor(YouTubeVideo video, string client)
    {
        object[] tracks =
        [
            .. video.CaptionLanguages.Select(language => Track(video, language, isAutomatic: false)),
            .. video.HasAutomaticCaptions ? (object[])[Track(video, "en", isAutomatic: true)] : [],
        ];
        return tracks.Length == 0
            ? null
            : Json.Node(
                new
                {
                    playerCaptionsTracklistRenderer = new
                    {
                        captionTracks = tracks,
                        translationLanguages = client == "WEB"
                            ? Names.Select(one => new { languageCode = one.Key, languageName = Json.Simple(one.Value) })
                            : null,
                    },
                }
            );
    }

    private object Track(YouTubeVideo video, string language, bool isAutomatic)
    {
        var kind = isAutomatic ? "asr" : null;
        var (expires, signature) = signed.Sign(What(video.Id, language, kind), video.LinkLife);
        return new
        {
            baseUrl = string.Create(
                CultureInfo.InvariantCulture,
                $"https://www.youtube.com/api/timedtext?v={video.Id}&caps=asr&xoaf=5&xowf=1&hl=en&expire={expires}"
                    + $"&sparams=v%2Ccaps%2Cexpire&signature={signature}&key=yt8{(isAutomatic ? "&kind=asr" : "")}&lang={language}"
            ),
            name = Json.Simple(isAutomatic ? $"{Names[language]} (auto-generated)" : Names[language]),
            vssId = isAutomatic ? $"a.{language}" : $".{language}",
            languageCode = language,
            kind,
            isTranslatable = true,
            trackName = "",
        };
    }

    private IResult Serve(HttpContext context)
    {
        var query = context.Request.Query;
        var (id, language, kind) = (query["v"].ToString(), query["lang"].ToString(), (string?)query["kind"]);
        if (!signed.IsGood(What(id, language, kind), query["expire"], query["signature"]))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        // Anything but the formats that the lab knows gets an empty page, which is how the site says no.
        var spoken = query["tlang"].FirstOrDefault() ?? language;
        var text = (query["fmt"].ToString(), kind) switch
        {
            ("vtt", "asr") => Rolling(YouTubeVideo.Find(id), spoken),
            ("vtt", _) => Plain(YouTubeVideo.Find(id), spoken),
            _ => "",
        };
        return TypedResults.Text(text, "text/vtt; charset=UTF-8");
    }

    private static string Plain(YouTubeVideo video, string language)
    {
        var text = Head(language);
        for (var (at, line) = (0.0, 1); at < video.Seconds; (at, line) = (at + CueLength, line + 1))
        {
            // Tags, entities and positions as uploaders leave them.
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"{Time(at)} --> {Time(at + CueLength - 0.2)} align:start position:0%\n"
                )
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<c.colorE5E5E5>{language} line {line}</c>\n<i>salt &amp; pepper</i>\n\n"
                );
        }

        return text.ToString();
    }

    /// <summary>Each line comes word by word under the one before, stands for a moment, and goes up.</summary>
    private static string Rolling(YouTubeVideo video, string language)
    {
        var text = Head(language);
        var before = " ";
        for (var (at, line) = (0.0, 1); at < video.Seconds; (at, line) = (at + CueLength, line + 1))
        {
            var said = $"{language} heard {line}";
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"{Time(at)} --> {Time(at + CueLength - 0.01)} align:start position:0%\n"
                )
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{before}\n{language}<{Time(at + 0.5)}><c> heard</c><{Time(at + 1)}><c> {line}</c>\n\n"
                )
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{Time(at + CueLength - 0.01)} --> {Time(at + CueLength)} align:start position:0%\n{said}\n \n\n"
                );
            before = said;
        }

        return text.ToString();
    }

    private static StringBuilder Head(string language) => new($"WEBVTT\nKind: captions\nLanguage: {language}\n\n");

    private static string Time(double seconds) =>
        TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);

    private static string What(string id, string language, string? kind) => $"timedtext|{id}|{language}|{kind}";
}
