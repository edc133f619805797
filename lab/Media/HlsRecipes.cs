namespace Decant.Lab.Media;

/// <summary>HLS in its common shapes: a directory each, opened at <c>master.m3u8</c> or <c>index.m3u8</c>.</summary>
internal static class HlsRecipes
{
    private const string Aac = SourceRecipes.Aac;
    private const string Codecs = "avc1.42c01f,mp4a.40.2";
    private static readonly string P240 = SourceRecipes.H264Name("426x240");
    private static readonly string P360 = SourceRecipes.H264Name("640x360");
    private static readonly string P720 = SourceRecipes.H264Name("1280x720");
    private static readonly string P1080 = SourceRecipes.H264Name("1920x1080");

    public static IEnumerable<MediaRecipe> All() =>
        [
            Master(
                "hls-ts",
                [P240, P360, P720, Aac],
                "-map 0:v -map 3:a -map 1:v -map 3:a -map 2:v -map 3:a",
                "v:0,a:0,name:240p v:1,a:1,name:360p v:2,a:2,name:720p",
                "-hls_segment_filename {out}/%v/seg%03d.ts"
            ),
            Master(
                "hls-fmp4",
                [P360, P720, Aac],
                "-map 2:a -map 0:v -map 1:v",
                "a:0,agroup:sound,name:sound,language:en,default:yes v:0,agroup:sound,name:360p v:1,agroup:sound,name:720p",
                "-hls_segment_type fmp4 -hls_segment_filename {out}/%v/seg%03d.m4s"
            ),
            .. ClipRecipes.Ordinary.Select(Clip),
            Encrypted("hls-aes", [P360, Aac], 12, "-hls_time 2"),
            MediaRecipe.Copy(
                "hls-ranges",
                [P360, Aac],
                12,
                "-f hls -hls_time 2 -hls_segment_type fmp4 -hls_flags single_file -hls_playlist_type vod",
                "{out}/index.m3u8"
            ) with
            {
                Entry = "index.m3u8",
            },
            Discontinuous(),
            // What live streams play, one segment a second.
            Playlist("live-segments", [P240, Aac], 60, "-hls_time 1"),
        ];

    /// <summary>A platform's clip as its CDN streams it: fMP4 in three heights with the sound apart.</summary>
    private static MediaRecipe Clip(int seconds) =>
        Master(
            ClipRecipes.Name(seconds, "hls"),
            [P360, P720, P1080, Aac],
            "-map 3:a -map 0:v -map 1:v -map 2:v",
            "a:0,agroup:sound,name:sound,language:en,default:yes v:0,agroup:sound,name:360p v:1,agroup:sound,name:720p"
                + " v:2,agroup:sound,name:1080p",
            "-hls_segment_type fmp4 -hls_segment_filename {out}/%v/seg%03d.m4s",
            seconds
        ) with
        {
            IsQuick = true,
        };

    private static MediaRecipe Master(
        string name,
        string[] needs,
        string maps,
        string variants,
        string segments,
        int seconds = 12
    )
    {
        var plain = MediaRecipe.Ffmpeg(
            name,
            needs,
            [
                .. needs.SelectMany(need => new[] { "-i", $"{{{need}}}" }),
                .. $"{maps} -t {seconds} -c copy -f hls -hls_time 2 -hls_playlist_type vod".Split(' '),
                .. segments.Split(' '),
                "-master_pl_name",
                "master.m3u8",
                "-var_stream_map",
                variants,
                "{out}/%v/index.m3u8",
            ]
        );
        return plain with
        {
            Entry = "master.m3u8",
            MakeAsync = async (run, cancellationToken) =>
            {
                await plain.MakeAsync(run, cancellationToken);
                // ffmpeg leaves the codecs out when it copies; every real master names them.
                var master = run.Fill("{out}/master.m3u8");
                var text = await File.ReadAllTextAsync(master, cancellationToken);
                await File.WriteAllTextAsync(
                    master,
                    text.Replace(",RESOLUTION=", $",CODECS=\"{Codecs}\",RESOLUTION=", StringComparison.Ordinal),
                    cancellationToken
                );
            },
        };
    }

    public static MediaRecipe Playlist(string name, string[] needs, int seconds, string options) =>
        MediaRecipe.Copy(
            name,
            needs,
            seconds,
            $"-f hls {options} -hls_playlist_type vod -hls_segment_filename {{out}}/seg%03d.ts",
            "{out}/index.m3u8"
        ) with
        {
            Entry = "index.m3u8",
        };

    /// <summary>The same six seconds twice; the second time its clock begins anew, as after an advertisement.</summary>
    private static MediaRecipe Discontinuous()
    {
        var plain = Playlist("hls-discontinuity", [P360, Aac], 6, "-hls_time 2");
        return plain with
        {
            MakeAsync = async (run, cancellationToken) =>
            {
                await plain.MakeAsync(run, cancellationToken);
                var path = run.Fill("{out}/index.m3u8");
                var lines = await File.ReadAllLinesAsync(path, cancellationToken);
                var segments = lines
                    .SkipWhile(line => !line.StartsWith("#EXTINF", StringComparison.Ordinal))
                    .TakeWhile(line => line != "#EXT-X-ENDLIST")
                    .ToList();
                await File.WriteAllLinesAsync(
                    path,
                    [.. lines[..^1], "#EXT-X-DISCONTINUITY", .. segments, "#EXT-X-ENDLIST"],
                    cancellationToken
                );
            },
        };
    }

    public static MediaRecipe Encrypted(string name, string[] needs, int seconds, string options)
    {
        var plain = Playlist(name, needs, seconds, $"{options} -hls_key_info_file {{out}}/key.info");
        return plain with
        {
            MakeAsync = async (run, cancellationToken) =>
            {
                // Any sixteen bytes will do: the file is public, and so is its key.
                await File.WriteAllBytesAsync(
                    run.Fill("{out}/key.bin"),
                    "decant-lab-key-1"u8.ToArray(),
                    cancellationToken
                );
                await File.WriteAllTextAsync(
                    run.Fill("{out}/key.info"),
                    run.Fill("key.bin\n{out}/key.bin\n"),
                    cancellationToken
                );
                await plain.MakeAsync(run, cancellationToken);
                File.Delete(run.Fill("{out}/key.info"));
            },
        };
    }
}
