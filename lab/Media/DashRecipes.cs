namespace Decant.Lab.Media;

/// <summary>DASH: a static manifest with video at two heights and audio apart.</summary>
internal static class DashRecipes
{
    private const string Aac = SourceRecipes.Aac;
    private static readonly string P360 = SourceRecipes.H264Name("640x360");
    private static readonly string P720 = SourceRecipes.H264Name("1280x720");

    public static IEnumerable<MediaRecipe> All() =>
        [
            MediaRecipe.Ffmpeg(
                "dash",
                [P360, P720, Aac],
                [
                    .. $"-i {{{P360}}} -i {{{P720}}} -i {{{Aac}}} -map 0:v -map 1:v -map 2:a -t 12 -c copy".Split(' '),
                    .. "-f dash -seg_duration 2 -use_template 1 -use_timeline 1 -adaptation_sets".Split(' '),
                    "id=0,streams=v id=1,streams=a",
                    "{out}/manifest.mpd",
                ]
            ) with
            {
                Entry = "manifest.mpd",
            },
            Plain("dash-list", "-use_template 0 -use_timeline 0"),
            Plain("dash-numbers", "-use_template 1 -use_timeline 0"),
            Periods(),
            Restarts(),
            // What live streams play whose picture and sound are apart, one segment a second.
            MediaRecipe.Copy(
                "live-fragments",
                [SourceRecipes.H264Name("426x240"), Aac],
                60,
                "-map 0:v -map 1:a -f dash -seg_duration 1 -use_template 1 -use_timeline 0",
                "{out}/manifest.mpd"
            ) with
            {
                Entry = "manifest.mpd",
            },
        ];

    private static MediaRecipe Plain(string name, string options) =>
        MediaRecipe.Copy(
            name,
            [P360, Aac],
            12,
            $"-map 0:v -map 1:a -f dash -seg_duration 2 {options}",
            "{out}/manifest.mpd"
        ) with
        {
            Entry = "manifest.mpd",
        };

    /// <summary>One programme in two periods of six seconds, as packagers cut it for advertisements.</summary>
    private static MediaRecipe Periods()
    {
        var plain = Plain("dash-periods", "-use_template 1 -use_timeline 0");
        return plain with
        {
            MakeAsync = async (run, cancellationToken) =>
            {
                await plain.MakeAsync(run, cancellationToken);
                await File.WriteAllTextAsync(
                    run.Fill("{out}/manifest.mpd"),
                    Manifest(number => Period(number, Template(number))),
                    cancellationToken
                );
            },
        };
    }

    /// <summary>The same, but each period packaged by itself: its clock begins at zero.</summary>
    private static MediaRecipe Restarts() =>
        new(
            "dash-restarts",
            [P360, Aac],
            "1",
            async (run, cancellationToken) =>
            {
                Directory.CreateDirectory(run.Output);
                for (var number = 0; number < 2; number++)
                {
                    await FfmpegProcess.RunAsync(
                        run.Fill(
                            (
                                $"-ss {6 * number} -t 6 -i {{{P360}}} -ss {6 * number} -t 6 -i {{{Aac}}} -map 0:v -map 1:a -c copy"
                                + $" -f dash -seg_duration 2 -init_seg_name p{number}-init-stream$RepresentationID$.m4s"
                                + $" -media_seg_name p{number}-chunk-stream$RepresentationID$-$Number%05d$.m4s {{out}}/p{number}.mpd"
                            ).Split(' ')
                        ),
                        cancellationToken
                    );
                }

                await File.WriteAllTextAsync(
                    run.Fill("{out}/manifest.mpd"),
                    Manifest(number => Period(number, RestartingTemplate(number))),
                    cancellationToken
                );
            }
        )
        {
            Entry = "manifest.mpd",
        };

    private static string Manifest(Func<int, string> period) =>
        $"""
            <?xml version="1.0" encoding="utf-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011"
              type="static" mediaPresentationDuration="PT12S" minBufferTime="PT4S">
            {period(0)}
            {period(1)}
            </MPD>
            """;

    private static string Period(int number, string template) =>
        $"""
            <Period id="{number}" start="PT{6 * number}S" duration="PT6S">
              <AdaptationSet contentType="video"><Representation id="0" mimeType="video/mp4" codecs="avc1.42c01e" bandwidth="408437" width="640" height="360">
                {template}
              </Representation></AdaptationSet>
              <AdaptationSet contentType="audio"><Representation id="1" mimeType="audio/mp4" codecs="mp4a.40.2" bandwidth="127173" audioSamplingRate="48000">
                {template}
              </Representation></AdaptationSet>
            </Period>
            """;

    private static string Template(int period) =>
        $"""<SegmentTemplate timescale="1000" duration="2000" startNumber="{1 + 3 * period}" presentationTimeOffset="{6000 * period}" initialization="init-stream$RepresentationID$.m4s" media="chunk-stream$RepresentationID$-$Number%05d$.m4s"/>""";

    private static string RestartingTemplate(int period) =>
        $"""<SegmentTemplate timescale="1000" duration="2000" startNumber="1" initialization="p{period}-init-stream$RepresentationID$.m4s" media="p{period}-chunk-stream$RepresentationID$-$Number%05d$.m4s"/>""";
}
